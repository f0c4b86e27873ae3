import { DateTime } from 'luxon'
import { readSlots } from '../../availability/read-slots.ts'
import type { SlotsView } from '../../availability/schema.ts'
import type { SessionType } from '../../catalog/session-type.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { type Month, monthOf, monthWithin, type Reach, reachOf, windowOf } from './month.ts'
import type { Often } from './often.ts'

type Slot = SlotsView['slots'][number]

export interface FreeTimes {
  month: Month
  day: string | undefined
  slots: Slot[]
  next: Slot | undefined
  /** Of a session that repeats: the day's starts at which all of it is free. */
  whole: ReadonlySet<string> | undefined
  /** Whether the month's window was there already. */
  remembered: boolean
}

/** Of which therapist, and of a session that repeats the first alone. */
interface First {
  therapist?: string | undefined
  occurrences?: number
}

/** Days of one reading: below the longest window that is answered. */
const stride = 91

/**
 * A month with its free days, and the chosen day's times: the day that was asked for, or the first free one. Without a
 * month the first that has a free time. An empty month says when the next free time is.
 */
export async function freeTimes(
  deps: Deps,
  scope: PracticeScope,
  type: SessionType,
  {
    month,
    day,
    zone,
    often,
    therapist
  }: {
    month?: string | undefined
    day?: string | undefined
    zone: string
    often?: Often | undefined
    /** A slug; else of everybody. */
    therapist?: string | undefined
  }
): Promise<FreeTimes> {
  const reach = reachOf(deps.now(), type.rules, zone)
  // Of a session that repeats the first is chosen here, and each of the others on the next page.
  const first = { therapist, ...(often && { occurrences: 1 }) }
  const asked = month ?? day?.slice(0, 7)
  const next = asked ? undefined : await firstFree(deps, scope, type, zone, reach.first, reach, first)
  const shown = monthWithin(asked, next ? dayOf(next, zone) : reach.first, reach)
  const window = windowOf(shown, reach)
  const answer = window && (await readSlots(deps, scope, type.slug, { ...window, zone, ...first }))
  const slots = answer?.view.slots ?? []
  const days = Map.groupBy(slots, slot => dayOf(slot, zone))
  const chosen = day && days.has(day) ? day : days.keys().next().value
  const after = DateTime.fromISO(`${shown}-01`, { zone: 'utc' }).plus({ months: 1 }).toFormat('yyyy-LL-dd')
  return {
    month: monthOf(shown, new Set(days.keys()), reach),
    day: chosen,
    slots: (chosen && days.get(chosen)) || [],
    next: slots.length === 0 ? await firstFree(deps, scope, type, zone, after, reach, first) : undefined,
    whole: chosen && often ? await wholeOn(deps, scope, type, zone, chosen, often, therapist) : undefined,
    remembered: answer?.remembered ?? true
  }
}

async function firstFree(
  deps: Deps,
  scope: PracticeScope,
  type: SessionType,
  zone: string,
  from: string,
  reach: Reach,
  first?: First
) {
  for (let day = from; day <= reach.last; day = plusDays(day, stride)) {
    const { slots } = await readFrom(deps, scope, type, zone, day, reach, first)
    if (slots[0]) return slots[0]
  }
  return undefined
}

async function wholeOn(
  deps: Deps,
  scope: PracticeScope,
  { slug }: SessionType,
  zone: string,
  day: string,
  { times, every }: Often,
  therapist: string | undefined
): Promise<ReadonlySet<string>> {
  const { view } = await readSlots(deps, scope, slug, {
    from: day,
    to: day,
    zone,
    therapist,
    occurrences: times,
    every
  })
  return new Set(view.slots.map(({ start }) => start))
}

/** The free times from a day on, as far as one reading goes. */
export async function readFrom(
  deps: Deps,
  scope: PracticeScope,
  type: SessionType,
  zone: string,
  from: string,
  { last }: Reach,
  first?: First
) {
  const end = plusDays(from, stride - 1)
  return (await readSlots(deps, scope, type.slug, { from, to: end < last ? end : last, zone, ...first })).view
}

function plusDays(date: string, days: number): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toFormat('yyyy-LL-dd')
}

/** The day of a slot by the clock of a zone, `YYYY-MM-DD`. */
export function dayOf({ start }: Slot, zone: string): string {
  return DateTime.fromISO(start, { zone }).toFormat('yyyy-LL-dd')
}
