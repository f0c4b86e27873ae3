import type { Interval } from '../catalog/lay.ts'
import { localDayOf, piecesOf } from '../kernel/wall-clock.ts'

/** A step of an ordered schedule, with the starts (ms, sorted) that it could have. */
export interface Step {
  ordinal: number
  minutes: number
  starts: readonly number[]
  /** Its time is settled: it is kept as it is, and the others are laid around it. */
  settled: boolean
  /** Local days after the day on which the one before ends, both inclusive. */
  min: number
  max: number
}

/** What holds between the steps of one schedule. */
export interface Bounds {
  zone: string
  /** Between the end of one and the start of the next, in ms: the buffers of both. */
  gap: number
  /** Whether a start suits better than others. */
  suits: (start: number) => boolean
  /** Whether all these times may be together, in their order: the rules of care. */
  allows: (times: readonly Pick<Interval, 'start' | 'end'>[]) => boolean
}

/**
 * The open steps that can be reached one from the other, each with the starts at which it can. The others are left out,
 * and their gaps are the next one's; `skipped`: those of the last.
 */
export function reachable(first: Step | undefined, open: readonly Step[], bounds: Bounds) {
  const reached: Step[] = []
  let skipped = { min: 0, max: 0 }
  for (const step of open) {
    const previous = reached.at(-1) ?? first
    const [min, max] = [step.min + skipped.min, step.max + skipped.max]
    const starts = step.starts.filter(start => !previous || comesAfter(previous, { ...step, min, max }, start, bounds))
    if (starts.length > 0) {
      reached.push({ ...step, min, max, starts })
      skipped = { min: 0, max: 0 }
    } else skipped = { min, max }
  }
  return { reached, skipped }
}

/** Of each step only the starts from which all later ones can still be laid. */
export function finishing(reached: readonly Step[], next: Step | undefined, bounds: Bounds): Step[] {
  const steps: Step[] = []
  for (const step of [...reached].reverse()) {
    const later = steps[0] ?? next
    const starts = later
      ? step.starts.filter(start => hasLater({ ...step, starts: [start] }, later, bounds))
      : step.starts
    steps.unshift({ ...step, starts })
  }
  return steps
}

export function meets(last: Step, next: Step, bounds: Bounds): boolean {
  return last.starts.some(start => hasLater({ ...last, starts: [start] }, next, bounds))
}

function hasLater(one: Step, later: Step, bounds: Bounds): boolean {
  const [from, to] = after(one, later, bounds)
  const start = later.starts[lowerBound(later.starts, from)]
  return start !== undefined && start < to
}

/** Whether one of the previous step's starts lets this one begin at `start`. */
function comesAfter(previous: Step, step: Step, start: number, { zone, gap }: Bounds): boolean {
  const length = previous.minutes * 60_000
  const day = localDayOf(zone, start)
  // The end lies on one of these days, and leaves the gap.
  const from = step.max === Number.POSITIVE_INFINITY ? -Infinity : dayStart(zone, day - step.max) + 1 - length
  const to = Math.min(dayStart(zone, day - step.min + 1) + 1, start - gap + 1) - length
  const found = previous.starts[lowerBound(previous.starts, from)]
  return found !== undefined && found < to
}

/** From when, and before when, a step can begin after the settled one before it. */
export function after(
  { starts: [at = 0], minutes }: Step,
  { min, max }: Step,
  { zone, gap }: Bounds
): [number, number] {
  const end = at + minutes * 60_000
  const day = localDayOf(zone, end - 1)
  const to = max === Number.POSITIVE_INFINITY ? Infinity : dayStart(zone, day + max + 1)
  return [Math.max(end + gap, dayStart(zone, day + min)), to]
}

export function within(starts: readonly number[], [from, to]: [number, number]): readonly number[] {
  return starts.slice(lowerBound(starts, from), lowerBound(starts, to))
}

/** The index of the first that is not before `instant`. */
function lowerBound(sorted: readonly number[], instant: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < instant) low = middle + 1
    else high = middle
  }
  return low
}

/** The first instant of a local day, or of the next that the zone did not skip. */
export function dayStart(zone: string, day: number): number {
  return piecesOf(zone, day)[0]?.start ?? dayStart(zone, day + 1)
}
