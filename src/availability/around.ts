import { type Laid, lay } from '../catalog/lay.ts'
import { wholeOf, withSteps } from '../catalog/plan.ts'
import { localDayOf } from '../kernel/wall-clock.ts'
import type { Place, Wishes } from './check-each.ts'
import { type Calendar, checker, checkStart, findSlots, type Offer } from './engine.ts'
import { isOnGrid } from './grid.ts'
import { singleOf, withTaken } from './once-sold.ts'
import { type Preference, type Proposal, suits } from './propose.ts'
import { dayStart, type Step } from './reach.ts'
import { scheduleOf } from './schedule.ts'
import { beforeWindow, fitsBetween, openStepsOf, reachOf } from './step-windows.ts'

/** What of the steps is wanted: by their numbers in the plan those that are taken along, and where. */
export interface StepWishes {
  wanted: readonly number[]
  wishes?: Wishes | undefined
  preference?: Preference | undefined
}

/**
 * What belongs together at a start, and the steps before and after it. The whole is free or not by itself; each step is
 * found in its own window, on the grid, keeping the therapist's own rules of care: those of the type are asked of the whole. A
 * step for which there is no time stays open, as does one that the client leaves `open`. Notice is asked of whatever begins first.
 */
export function proposeAround(
  offer: Offer,
  calendar: Calendar,
  start: number,
  now: number,
  steps: StepWishes
): Proposal {
  const plan = wholeOf(offer.plan)
  const verdict = checkStart({ ...offer, plan }, calendar, start, now)
  if (verdict !== 'free' && verdict !== 'taken') return { verdict, laid: [], open: [] }
  const whole = (lay(plan, start, calendar.zone) ?? []).map(segment => ({ ...segment, verdict }))
  const earliest = now + offer.notice * 60_000
  const beside = verdict === 'free' ? layAround(offer, calendar, whole, { ...steps, earliest }) : []
  const laid = [...whole, ...beside]
  const refused = (['taken', 'not-offered'] as const).find(found => laid.some(place => place.verdict === found))
  return {
    verdict: refused ?? 'free',
    laid,
    // Days that are over are nobody's to choose.
    open: openStepsOf(withSteps(offer.plan, steps.wanted), calendar.zone, laid).map(step => ({
      ...step,
      from: Math.max(step.from, dayStart(calendar.zone, localDayOf(calendar.zone, now)))
    }))
  }
}

/**
 * The steps that can be had around what is laid, in the order of the plan: as chosen, or of all schedules the one whose steps,
 * one after the other, suit best and are the earliest.
 * @param earliest before this instant (ms) nothing is laid
 */
export function layAround(
  offer: Offer,
  calendar: Calendar,
  whole: readonly Laid[],
  { wanted, wishes = [], preference = {}, earliest }: StepWishes & { earliest: number }
): Place[] {
  const { zone } = calendar
  const plan = withSteps(offer.plan, wanted)
  const [first, last] = [whole[0], whole.at(-1)]
  if (!first || !last) return []
  const to = dayStart(zone, localDayOf(zone, first.start) + reachOf(plan) + 1)
  const chosen = wanted.flatMap((ordinal): Place[] => {
    const [segment, wish] = [plan.segments[ordinal], wishes[ordinal]]
    if (!segment || typeof wish !== 'number') return []
    const { minutes, who } = segment
    return [{ ordinal, who, start: wish, end: wish + minutes * 60_000, exists: true, verdict: 'free' }]
  })
  let around = withTaken(offer, calendar, whole, plan)
  const settled = chosen.map(place => {
    const single = singleOf(offer, (place.end - place.start) / 60_000)
    const { fitsHours, isFree, keepsCare } = checker(single, around, place.start, place.end)
    const mayLie =
      place.start >= earliest &&
      isOnGrid(single, zone, localDayOf(zone, place.start), place.start) &&
      fitsBetween(plan, zone, [...whole, ...chosen], place) &&
      fitsHours([place])
    const verdict = !mayLie ? 'not-offered' : !isFree([place]) ? 'taken' : keepsCare([place]) ? 'free' : 'not-offered'
    around = withTaken(single, around, [place], single.plan)
    return { ...place, verdict } as const
  })
  const isOpen = (ordinal: number) => wanted.includes(ordinal) && !settled.some(place => place.ordinal === ordinal)
  const startsOf = (minutes: number, from: number, until: number) =>
    from < until
      ? findSlots(singleOf(offer, minutes), around, { from, to: until, now: earliest }).map(slot => slot.start)
      : []
  const steps = plan.segments.flatMap(({ minutes, before, after }, ordinal): Step[] => {
    if (!wanted.includes(ordinal) || (before && !isOpen(ordinal))) return []
    const own = settled.find(place => place.ordinal === ordinal)
    const [from, until] = before ? beforeWindow(zone, first.start, { before, minutes }) : [last.end, to]
    const starts = own
      ? [own.start]
      : wishes[ordinal] === 'open'
        ? []
        : startsOf(minutes, Math.max(earliest, from), until)
    return [{ ordinal, minutes, starts, settled: own !== undefined, ...(after ?? { min: 0, max: Infinity }) }]
  })
  const days = { ordinal: first.ordinal, minutes: (last.end - first.start) / 60_000, starts: [first.start] }
  const middle: Step = { ...days, settled: true, min: 0, max: Infinity }
  const ordered = [
    ...steps.filter(({ ordinal }) => plan.segments[ordinal]?.before),
    middle,
    ...steps.filter(({ ordinal }) => plan.segments[ordinal]?.after)
  ]
  const { keepsCare } = checker(singleOf(offer, 60), around, Math.min(earliest, first.start), to)
  const isSettled = (start: number) => start === first.start || settled.some(place => place.start === start)
  const times = scheduleOf(ordered, {
    zone,
    gap: (offer.before + offer.after) * 60_000,
    suits: at => suits(zone, at, preference),
    // What is settled is known as sold already.
    allows: laid => keepsCare(laid.filter(({ start }) => !isSettled(start)))
  })
  const proposed = ordered.flatMap(({ ordinal, minutes, settled }, index): Place[] => {
    const [start, who] = [times[index], plan.segments[ordinal]?.who]
    if (start === undefined || settled || who === undefined) return []
    return [{ ordinal, who, start, end: start + minutes * 60_000, exists: true, verdict: 'free', proposed: true }]
  })
  return [...settled, ...proposed].sort((one, other) => one.ordinal - other.ordinal)
}
