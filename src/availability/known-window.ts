import { isStep } from '../catalog/segment.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { leadOf, spanOf } from '../catalog/span.ts'
import { instantOf, isoUtc } from '../kernel/time.ts'
import { type Offer, resourcesOf } from './offer-store.ts'
import type { Loaded } from './window-store.ts'

/** The window of a start (ms) of an offer that is known, of those therapists and places that are asked. */
export interface AskedOfKnown {
  start: number
  offerings: Loaded['offerings']
}

/** Milliseconds, half-open. */
export interface Between {
  from: number
  to: number
}

const minute = 60_000
const day = 1440 * minute

/** How far around a start is looked: for hours, for what is taken, and for what is sold, where a rule of care asks for it. */
export function reachOf(offer: Offer, { start, offerings }: AskedOfKnown) {
  const { type } = offer
  const hours = widened({ from: start - leadOf(type.plan) * day, to: start + 1 + spanOf(type.plan) * day }, 5 * day)
  const further = careReach(offer, offerings)
  return {
    hours,
    taken: singleStretch(type, start) ?? hours,
    care: further === undefined ? undefined : widened(hours, further)
  }
}

/** Of the hours of an offer those that concern what is asked, in a stretch: as `hoursJson` asks it. */
export function hoursWithin({ hours, exceptions, travels }: Offer, { offerings }: AskedOfKnown, { from, to }: Between) {
  const needed = resourcesOf(offerings)
  const isNeeded = ([resource]: readonly [string, ...unknown[]]) => needed.includes(resource)
  const [first, last] = [dateOf(from), dateOf(to)]
  const [near, far] = [dateOf(from - 2 * day), dateOf(to + 2 * day)]
  return {
    hours: hours.filter(isNeeded),
    exceptions: exceptions.filter(one => isNeeded(one) && one[1] >= first && one[1] <= last),
    travels: travels.filter(one => isNeeded(one) && one[2] <= far && one[3] >= near)
  }
}

/** What a session that stands alone takes, with its buffers: nothing else is in its way. Undefined for every other plan. */
function singleStretch({ plan, rules: { before, after } }: SessionType, start: number): Between | undefined {
  const [only, ...others] = plan.segments
  if (!only || others.length > 0 || isStep(only) || only.at || plan.dayExclusive || plan.apart) return undefined
  return { from: start - before * minute, to: start + (only.minutes + after) * minute }
}

/** The rules of care that look at what is sold; `careAround` asks the same of the database. */
const counting = ['perDay', 'perWeek', 'minutesPerDay', 'minutesPerWeek', 'perMonth', 'rest'] as const

/** How much further than hours the rules of care look (ms); undefined where none of them asks. */
function careReach({ type: { plan, rules }, rests }: Offer, offerings: Loaded['offerings']): number | undefined {
  const rows = offerings.flatMap(({ care }) => (care ? [care] : []))
  if (!rests && rows.length === 0 && !counting.some(rule => rules[rule] !== undefined)) return undefined
  const isSteps = plan.segments.some(({ before, after }) => before || after)
  const inRows = rows.flatMap(({ inRow }) => (inRow ? [inRow.most * (day + inRow.pause * minute)] : []))
  const far = Math.max(rules.perMonth === undefined ? 8 * day : 32 * day, ...inRows)
  // From where starts lie; the five days beside them are for those that stand apart or come with steps.
  return plan.apart || isSteps ? far : far - 5 * day
}

const widened = ({ from, to }: Between, by: number): Between => ({ from: from - by, to: to + by })
const dateOf = (ms: number) => isoUtc(instantOf(ms)).slice(0, 10)
