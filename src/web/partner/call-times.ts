import { DateTime } from 'luxon'
import { readSlots } from '../../availability/read-slots.ts'
import type { SlotsView } from '../../availability/schema.ts'
import type { SessionType } from '../../catalog/session-type.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { reachOf } from '../site/month.ts'

/** Days that are shown at once. */
const span = 7

export interface CallTimes {
  /** Each day with free times. */
  days: { day: DateTime; slots: SlotsView['slots'] }[]
  /** The days from which earlier and later times are shown, where there could be any. */
  earlier: string | undefined
  later: string | undefined
}

/** A week of free times for a call, from the day that was asked for or the first that can be booked. */
export async function callTimes(
  deps: Deps,
  scope: PracticeScope,
  type: SessionType,
  { from, zone }: { from: string | undefined; zone: string }
): Promise<CallTimes> {
  const { first, last } = reachOf(deps.now(), type.rules, zone)
  const begin = from && from > first ? (from < last ? from : last) : first
  const end = plus(begin, span - 1)
  const window = { from: begin, to: end < last ? end : last, zone }
  const { slots } = (await readSlots(deps, scope, type.slug, window)).view
  const byDay = Map.groupBy(slots, ({ start }) => DateTime.fromISO(start, { zone }).toFormat('yyyy-LL-dd'))
  return {
    days: [...byDay].map(([day, slots]) => ({ day: DateTime.fromISO(day, { zone }), slots })),
    earlier: begin > first ? plus(begin, -span) : undefined,
    later: end < last ? plus(end, 1) : undefined
  }
}

function plus(date: string, days: number): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toFormat('yyyy-LL-dd')
}
