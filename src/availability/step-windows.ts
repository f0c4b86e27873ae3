import type { Plan } from '../catalog/plan.ts'
import type { Segment, Who } from '../catalog/segment.ts'
import { localDayOf } from '../kernel/wall-clock.ts'
import { dayStart } from './reach.ts'

/** A step that has a time: instants in ms. */
export interface Timed {
  ordinal: number
  start: number
  end: number
}

/** A step without a time, and the days on which it can be laid later: from the start of the first to the end of the last. */
export interface OpenStep {
  ordinal: number
  who: Who
  from: number
  to: number
}

/**
 * Whether a step can begin at this instant among those that have a time: after what comes before it and before what
 * follows, by the gaps of the plan, and within the plan's days of the first.
 */
export function fitsBetween(plan: Plan, zone: string, laid: readonly Timed[], step: Timed): boolean {
  const own = plan.segments[step.ordinal]
  const anchor = laid.find(({ ordinal }) => ordinal === 0)
  if (own?.before && anchor) {
    const [from, to] = beforeWindow(zone, anchor.start, { ...own, before: own.before })
    return from <= step.start && step.start < to
  }
  const others = laid.filter(({ ordinal }) => ordinal !== step.ordinal)
  const first = [...others, step].reduce((one, other) => (other.ordinal < one.ordinal ? other : one))
  const reach = localDayOf(zone, first.start) + reachOf(plan)
  if ([...others, step].some(({ start }) => localDayOf(zone, start) > reach)) return false
  return boundsOf(plan, step.ordinal, others).every(other => {
    const [before, after] = other.ordinal < step.ordinal ? [other, step] : [step, other]
    const { min, max } = gapBetween(plan, before.ordinal, after.ordinal)
    const days = localDayOf(zone, after.start) - localDayOf(zone, before.end - 1)
    return before.end <= after.start && min <= days && days <= max
  })
}

/**
 * Local days from the end of one step to the start of a later one: its gap, and those of the steps between them. What is
 * optional and was not taken along leaves no gap: the plan is asked as it is wanted, or was booked.
 */
export function gapBetween({ segments }: Plan, from: number, to: number): { min: number; max: number } {
  return segments
    .slice(from + 1, to + 1)
    .filter(({ before, optional }) => !before && !optional)
    .reduce(
      ({ min, max }, { after }) => ({
        min: min + (after?.min ?? 0),
        max: max + (after ? after.max : Number.POSITIVE_INFINITY)
      }),
      { min: 0, max: 0 }
    )
}

/**
 * When a step before the first segment can begin (ms, half-open): its end so many real hours before that start, whatever the
 * clocks do meanwhile, and on no day earlier than so many local days before.
 */
export function beforeWindow(
  zone: string,
  anchor: number,
  { before, minutes }: Pick<Segment, 'minutes'> & { before: NonNullable<Segment['before']> }
): [from: number, to: number] {
  const from = dayStart(zone, localDayOf(zone, anchor) - before.days)
  return [from, anchor - before.hours * 3_600_000 - minutes * 60_000 + 1]
}

/** For each step without a time, the days that the others and their gaps leave it. What is optional was not taken along. */
export function openStepsOf(plan: Plan, zone: string, laid: readonly Timed[]): OpenStep[] {
  const [first, last] = [laid[0], laid.at(-1)]
  if (!first || !last) return []
  const reach = dayStart(zone, localDayOf(zone, first.start) + reachOf(plan) + 1)
  const earliest = dayStart(zone, localDayOf(zone, last.start) - reachOf(plan))
  return plan.segments.flatMap(({ who, before, minutes, optional }, ordinal) => {
    if (laid.some(step => step.ordinal === ordinal) || optional) return []
    if (before) {
      const [from, to] = beforeWindow(zone, first.start, { before, minutes })
      return [{ ordinal, who, from, to: to - 1 + minutes * 60_000 }]
    }
    const edges = boundsOf(plan, ordinal, laid).map(other => {
      if (other.ordinal > ordinal) return { from: ordinal < first.ordinal ? earliest : 0, to: other.start }
      const { min, max } = gapBetween(plan, other.ordinal, ordinal)
      const day = localDayOf(zone, other.end - 1)
      return { from: dayStart(zone, day + min), to: max === Infinity ? reach : dayStart(zone, day + max + 1) }
    })
    const from = Math.max(...edges.map(edge => edge.from))
    return [{ ordinal, who, from, to: Math.min(reach, ...edges.map(edge => edge.to)) }]
  })
}

/**
 * The same where none of them has a time any more: around the start that the first of them had, as far as the plan reaches.
 * @param former where they were, in the plan's order
 */
export function anewFrom(plan: Plan, zone: string, former: readonly Timed[]): OpenStep[] {
  const first = former[0]
  if (!first) return []
  const day = localDayOf(zone, first.start)
  const [from, to] = [dayStart(zone, day - reachOf(plan)), dayStart(zone, day + reachOf(plan) + 1)]
  return plan.segments.map(({ who }, ordinal) => ({ ordinal, who, from, to }))
}

/** Local days from the first start within which all steps lie. */
export function reachOf({ segments, within }: Plan): number {
  const most = segments.reduce((sum, { day, after }) => Math.max(day, after ? sum + after.max + 1 : sum), 0)
  return Math.min(within ?? most, most)
}

/**
 * The steps whose times bound this one. Own steps of the two are no bound for one another: else each could read off the
 * other's, where their own may not lie.
 */
function boundsOf({ segments }: Plan, ordinal: number, laid: readonly Timed[]): Timed[] {
  const own = segments[ordinal]?.who
  const others = own === 'first' ? 'second' : own === 'second' ? 'first' : undefined
  return laid.filter(step => {
    const other = segments[step.ordinal]
    return step.ordinal !== ordinal && other?.who !== others && !other?.before
  })
}
