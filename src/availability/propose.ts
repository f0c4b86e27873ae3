import { layEach } from '../catalog/lay.ts'
import type { Plan } from '../catalog/plan.ts'
import { localDayOf, piecesOf, weekdayOf } from '../kernel/wall-clock.ts'
import type { Place, Wishes } from './check-each.ts'
import { type Calendar, checker, findSlots, type Offer, type Slot, type Verdict } from './engine.ts'
import { isOnGrid } from './grid.ts'
import { dayStart, type Step } from './reach.ts'
import { scheduleOf } from './schedule.ts'
import { gapBetween, type OpenStep, openStepsOf, reachOf } from './step-windows.ts'

/** When steps would suit best, by the wall clock of the calendar's zone: ISO weekdays, minutes of the day. */
export interface Preference {
  days?: readonly number[] | undefined
  from?: number | undefined
  to?: number | undefined
}

export interface Proposal {
  verdict: Verdict
  /** Steps with a time, in order: the first, what the client chose, and what is proposed for the rest. */
  laid: Place[]
  open: OpenStep[]
}

/**
 * A whole schedule for a plan with open steps: each in the window that its gap to the one before leaves it, nothing twice,
 * every rule of care kept. What the client chose is kept and the rest proposed around it, as `scheduleOf` says. A step for which
 * no time is left stays open, as does one that the client leaves `open`.
 */
export function proposeSteps(
  offer: Offer,
  calendar: Calendar,
  start: number,
  now: number,
  wishes: Wishes = [],
  preference: Preference = {}
): Proposal {
  const { zone } = calendar
  const { plan } = offer
  const day = localDayOf(zone, start)
  const none = (verdict: Verdict): Proposal => ({ verdict, laid: [], open: [] })
  if (start < now + offer.notice * 60_000) return none('too-soon')
  if (day > localDayOf(zone, now) + offer.horizon) return none('too-far')
  if (!isOnGrid(offer, zone, day, start)) return none('not-offered')
  const to = dayStart(zone, day + reachOf(plan) + 1)
  const check = checker(offer, calendar, start, to)
  const startsOf = startsByLength(offer, calendar, { from: start, to, now })
  const fixed = new Map(layEach(plan, start, zone).map(laid => [laid.ordinal, laid]))
  const steps = plan.segments.map(({ minutes, after }, ordinal): Step => {
    const wish = wishes[ordinal]
    const own = typeof wish === 'number' ? wish : fixed.get(ordinal)?.start
    const starts = own !== undefined ? [own] : wish === 'open' ? [] : startsOf(minutes)
    return { ordinal, minutes, starts, settled: own !== undefined, min: after?.min ?? 0, max: after?.max ?? Infinity }
  })
  const gap = (offer.before + offer.after) * 60_000
  const times = scheduleOf(steps, { zone, gap, suits: at => suits(zone, at, preference), allows: check.keepsCare })
  let [previous, earliest, latest] = [-Infinity, day, day]
  const laid = steps.flatMap(({ ordinal, minutes, settled, min, max }, index) => {
    const at = times[index]
    const who = plan.segments[ordinal]?.who
    earliest += min
    latest += max
    if (at === undefined || who === undefined) return []
    const own = localDayOf(zone, at)
    const place = { ordinal, start: at, end: at + minutes * 60_000, who, exists: fixed.get(ordinal)?.exists ?? true }
    const inOrder = earliest <= own && own <= latest && at >= previous && at < to
    const possible = place.exists && inOrder && isOnGrid(offer, zone, own, at)
    const verdict = !possible || !check.fitsHours([place]) ? 'not-offered' : check.isFree([place]) ? 'free' : 'taken'
    previous = place.end + gap
    earliest = latest = localDayOf(zone, place.end - 1)
    return [{ ...place, verdict, proposed: !settled } as const]
  })
  return { verdict: overall(laid, check.keepsCare), laid, open: openStepsOf(plan, zone, laid) }
}

/** The starts that a step could have instead, after the one before it, nearest first: the later ones follow it. */
export function otherStarts(
  offer: Offer,
  calendar: Calendar,
  { laid }: Pick<Proposal, 'laid'>,
  place: Place,
  now: number,
  most = 8
): Slot[] {
  const { zone } = calendar
  const before = laid[laid.indexOf(place) - 1]
  const segment = offer.plan.segments[place.ordinal]
  if (!before || !segment?.after) return []
  const end = localDayOf(zone, before.end - 1)
  const { min, max } = gapBetween(offer.plan, before.ordinal, place.ordinal)
  const from = Math.max(before.end + (offer.before + offer.after) * 60_000, dayStart(zone, end + min))
  const last = localDayOf(zone, laid[0]?.start ?? place.start) + reachOf(offer.plan)
  const to = dayStart(zone, Math.min(end + max, last) + 1)
  const plan: Plan = { anchor: 'start', dayExclusive: false, segments: [{ ...segment, day: 0, after: undefined }] }
  return findSlots({ ...offer, plan, horizon: Number.POSITIVE_INFINITY }, calendar, { from, to, now })
    .filter(({ start }) => start !== place.start)
    .sort((one, other) => Math.abs(one.start - place.start) - Math.abs(other.start - place.start))
    .slice(0, most)
    .sort((one, other) => one.start - other.start)
}

/** The free starts of an appointment of so many minutes, found once for each length. */
function startsByLength(offer: Offer, calendar: Calendar, window: { from: number; to: number; now: number }) {
  const known = new Map<number, number[]>()
  return (minutes: number): readonly number[] => {
    const found = known.get(minutes)
    if (found) return found
    const plan: Plan = { anchor: 'start', dayExclusive: false, segments: [{ minutes, who: 'both', day: 0 }] }
    const single = { ...offer, plan, horizon: Number.POSITIVE_INFINITY }
    const starts = findSlots(single, calendar, window).map(slot => slot.start)
    known.set(minutes, starts)
    return starts
  }
}

/** Whether a start suits the days and hours that somebody prefers. */
export function suits(zone: string, at: number, { days, from = 0, to = 1440 }: Preference): boolean {
  const day = localDayOf(zone, at)
  if (days && !days.includes(weekdayOf(day))) return false
  if (from === 0 && to === 1440) return true
  const piece = piecesOf(zone, day).find(({ start, end }) => start <= at && at < end)
  const minutes = (at + (piece?.offset ?? 0) - day * 86_400_000) / 60_000
  return from <= minutes && minutes < to
}

/** Taken before not offered: for what is taken there are alternatives. Steps that are open stand in nobody's way. */
function overall(laid: readonly Place[], allows: (laid: readonly Place[]) => boolean): Verdict {
  const found = (['taken', 'not-offered'] as const).find(verdict => laid.some(place => place.verdict === verdict))
  return found ?? (allows(laid) ? 'free' : 'not-offered')
}
