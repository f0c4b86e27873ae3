import type { SessionType } from '../catalog/session-type.ts'
import type { Calendar, Offer } from './engine.ts'

/**
 * The rules that staff may set aside for one booking: how soon and how far ahead, the opening hours (and the grid of
 * starts with them), how many a day and a week. Time off, imported busy time and what is sold are no such rules: nobody
 * books over them.
 */
export const overrides = ['notice', 'horizon', 'hours', 'caps'] as const
export type Override = (typeof overrides)[number]

/** What staff ask for besides a client's choice. */
export interface ForStaff {
  override: readonly Override[]
  /** An own version of the type instead of the newest: its plan, price and terms. */
  type?: SessionType | undefined
}

/** Open at every hour of every day. */
const always = { hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1440 }], exceptions: new Map<string, never[]>() }

/** What is asked, with these rules set aside. A time that is over stays too soon. */
export function relaxed(
  offer: Offer,
  calendar: Calendar,
  override: readonly Override[] = []
): { offer: Offer; calendar: Calendar } {
  const has = (rule: Override) => override.includes(rule)
  return {
    offer: {
      ...offer,
      ...(has('notice') && { notice: 0 }),
      ...(has('horizon') && { horizon: Number.POSITIVE_INFINITY }),
      ...(has('hours') && { grid: 1 }),
      ...(has('caps') && { perDay: undefined, perWeek: undefined })
    },
    calendar: has('hours') ? { ...calendar, ...always } : calendar
  }
}
