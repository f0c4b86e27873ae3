import { type Laid, layEach } from '../catalog/lay.ts'
import { localDayOf } from '../kernel/wall-clock.ts'
import type { Session } from './care.ts'
import { type Calendar, checker, findSlots, type Offer, type Slot, type Verdict } from './engine.ts'
import { isOnGrid } from './grid.ts'

/** An appointment where it would lie, and whether it can be had there. */
export interface Place extends Laid {
  /** A start that nobody chose yet. */
  proposed?: boolean
  verdict: Extract<Verdict, 'free' | 'taken' | 'not-offered'>
}

/** How far from its place an appointment may be wanted: within the week around it, and what is loaded of a calendar. */
const reach = 4 * 86_400_000

/**
 * Where a client wants single appointments of a plan, by their number in it: a start (ms); or null for none, which leaves
 * out one of several rounds, or a step that is optional, and lets any other step be proposed; or `open`: the step gets its time
 * later; or `propose`: the best there is for it.
 */
export type Wishes = readonly (number | 'open' | 'propose' | null | undefined)[]

/**
 * A plan whose appointments stand apart, each asked by itself: what is planned or wished, in order, without running into
 * one another, and each within four days of its place. What the client leaves out is not laid. Notice and horizon are
 * asked of the plan's own start.
 */
export function checkEach(
  offer: Offer,
  calendar: Calendar,
  start: number,
  now: number,
  wishes: Wishes = []
): { verdict: Verdict; laid: Place[] } {
  const { zone } = calendar
  const earliest = now + offer.notice * 60_000
  const day = localDayOf(zone, start)
  const laid = layEach(offer.plan, start, zone).flatMap(segment => {
    const wish = wishes[segment.ordinal]
    if (wish === null || typeof wish === 'string') return []
    if (wish === undefined || wish === segment.start) return [segment]
    const near = Math.abs(wish - segment.start) <= reach
    return [{ ...segment, start: wish, end: wish + segment.end - segment.start, exists: near, wished: true }]
  })
  if (start < earliest) return { verdict: 'too-soon', laid: [] }
  if (day > localDayOf(zone, now) + offer.horizon) return { verdict: 'too-far', laid: [] }
  if (!isOnGrid(offer, zone, day, start) || laid.length === 0) return { verdict: 'not-offered', laid: [] }
  const near = laid.filter(({ exists }) => exists)
  const [first, last] = [
    Math.min(start, ...near.map(({ start }) => start)),
    Math.max(start + 1, ...near.map(({ end }) => end))
  ]
  const { fitsHours, isFree, keepsCare } = checker(offer, calendar, first, last)
  const gap = (offer.before + offer.after) * 60_000
  const kept: Laid[] = []
  const places = laid.map((segment, index): Place => {
    const previous = laid[index - 1]
    const possible =
      segment.exists &&
      segment.start >= earliest &&
      (!('wished' in segment) || isOnGrid(offer, zone, localDayOf(zone, segment.start), segment.start)) &&
      (previous === undefined || segment.start >= previous.end + gap) &&
      fitsHours([segment])
    if (!possible) return { ...segment, verdict: 'not-offered' }
    if (!isFree([segment])) return { ...segment, verdict: 'taken' }
    if (!keepsCare([...kept, segment])) return { ...segment, verdict: 'not-offered' }
    kept.push(segment)
    return { ...segment, verdict: 'free' }
  })
  return { verdict: verdictOf(places), laid: places }
}

/**
 * Other starts for one appointment of a plan whose others stay, nearest first: those of the same local day, then of the
 * seven days around it; never so that it runs into the one before or after it.
 */
export function startsAround(
  offer: Offer,
  calendar: Calendar,
  laid: readonly Place[],
  place: Place,
  now: number,
  most = 5
): Slot[] {
  const segment = offer.plan.segments[place.ordinal]
  if (!segment) return []
  const gap = (offer.before + offer.after) * 60_000
  const length = place.end - place.start
  const index = laid.indexOf(place)
  const after = (laid[index - 1]?.end ?? Number.NEGATIVE_INFINITY) + gap
  const before = (laid[index + 1]?.start ?? Number.POSITIVE_INFINITY) - gap - length + 1
  const single: Offer = {
    ...offer,
    horizon: Number.POSITIVE_INFINITY,
    plan: { ...offer.plan, segments: [{ ...segment, day: 0 }] }
  }
  const window = { from: Math.max(place.start - reach, after, now), to: Math.min(place.start + reach, before), now }
  if (window.from >= window.to) return []
  const day = localDayOf(calendar.zone, place.start)
  const distance = ({ start }: Slot) =>
    Math.abs(start - place.start) + (localDayOf(calendar.zone, start) === day ? 0 : reach)
  const own = { same: true, begins: false, demanding: offer.demanding === true, rest: 0 }
  const others = laid.filter(other => other !== place).map(({ start, end }): Session => ({ start, end, ...own }))
  return findSlots(single, { ...calendar, sold: [...calendar.sold, ...others] }, window)
    .sort((one, other) => distance(one) - distance(other))
    .slice(0, most)
    .sort((one, other) => one.start - other.start)
}

/** Of all of them together: taken before not offered, because what is taken has alternatives. */
function verdictOf(places: readonly Place[]): Verdict {
  if (places.some(({ verdict }) => verdict === 'taken')) return 'taken'
  return places.some(({ verdict }) => verdict === 'not-offered') ? 'not-offered' : 'free'
}
