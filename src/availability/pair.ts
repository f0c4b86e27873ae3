import type { SessionType } from '../catalog/session-type.ts'
import { calendarOf } from './calendar.ts'
import type { Calendar } from './engine.ts'
import type { Loaded } from './window-store.ts'

type Offering = Loaded['offerings'][number]

/** With whom and where something can be had: one therapist at a place, or two of them together. */
export interface Offered extends Offering {
  second?: Offering | undefined
}

/** How many therapists a session of this type takes. */
export function howMany({ rules }: Pick<SessionType, 'rules'>): 1 | 2 {
  return rules.therapists ?? 1
}

/**
 * Every way to have a session, in the practice's order: each therapist at each place, or every two of them at the same.
 * @param therapist the slug of one who must be among two
 */
export function waysOf(
  loaded: Loaded,
  type: SessionType,
  therapist: string | undefined
): { offering: Offered; calendar: Calendar }[] {
  const single = loaded.offerings.map(offering => ({ offering, calendar: calendarOf(loaded, type, offering) }))
  if (howMany(type) === 1) return single
  return single.flatMap(({ offering, calendar }, index) =>
    single
      .slice(index + 1)
      .filter(other => canSitTogether(offering, other.offering, therapist))
      .map(other => ({
        offering: { ...offering, second: other.offering },
        calendar: { ...calendar, second: other.calendar }
      }))
  )
}

/** The first two, in the same order, of those who are free at a start. */
export function firstPair(free: readonly Offering[], therapist: string | undefined): Offered | undefined {
  for (const [index, one] of free.entries()) {
    const second = free.slice(index + 1).find(other => canSitTogether(one, other, therapist))
    if (second) return { ...one, second }
  }
  return undefined
}

/** At the same place, by the same wall clock: whose calendar is kept in another zone has other starts and other days. */
function canSitTogether(one: Offering, other: Offering, therapist: string | undefined): boolean {
  const isWanted = !therapist || one.therapistSlug === therapist || other.therapistSlug === therapist
  return isWanted && one.therapist !== other.therapist && one.place === other.place && one.zone === other.zone
}
