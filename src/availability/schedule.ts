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

/** So many starts are looked at before a step is left open: far more than any calendar asks for that is not contrived. */
const mostTries = 20_000

/**
 * The starts of the steps, in their order: of all schedules that keep every gap and what is settled the one whose steps,
 * one after the other, suit best and are the earliest. A step that cannot be reached from the one before has none
 * (undefined), and its gap is left to the next. Work grows with the starts, not with their combinations: which of them
 * can be reached, and from which the end can be, is found by one pass each way.
 */
export function scheduleOf(steps: readonly Step[], bounds: Bounds): (number | undefined)[] {
  const found = new Map<Step, number>()
  let before: Step[] = []
  for (const step of [...steps, undefined]) {
    if (step && !step.settled) {
      before.push(step)
      continue
    }
    const previous = lastOf(steps, found)
    layBetween(previous, before, step, bounds, found)
    if (step) found.set(step, step.starts[0] ?? 0)
    before = []
  }
  return steps.map(step => found.get(step))
}

/** The last step that has a time, with it. */
function lastOf(steps: readonly Step[], found: ReadonlyMap<Step, number>): Step | undefined {
  const last = steps.findLast(step => found.has(step))
  return last && { ...last, starts: [found.get(last) ?? 0] }
}

/** Lays the open steps between two settled ones; either may be missing. */
function layBetween(
  first: Step | undefined,
  open: readonly Step[],
  next: Step | undefined,
  bounds: Bounds,
  found: Map<Step, number>
): void {
  const { reached, skipped } = reachable(first, open, bounds)
  const end = () => next && { ...next, min: next.min + skipped.min, max: next.max + skipped.max }
  for (
    let last = reached.at(-1), to = end();
    last && to && !meets(last, to, bounds);
    last = reached.at(-1), to = end()
  ) {
    reached.pop()
    skipped.min += last.min
    skipped.max += last.max
  }
  const feasible = finishing(reached, end(), bounds)
  const settled = [...found].map(([step, start]) => timeOf(step, start))
  let tries = 0
  const search = (
    index: number,
    previous: Step | undefined,
    chosen: readonly number[]
  ): readonly number[] | undefined => {
    const step = feasible[index]
    if (!step) return chosen
    const range = previous ? within(step.starts, after(previous, step, bounds)) : step.starts
    for (const start of [...range.filter(bounds.suits), ...range.filter(start => !bounds.suits(start))]) {
      tries += 1
      if (tries > mostTries) return undefined
      const own = [...chosen, start].map((time, at) => timeOf(feasible[at] ?? step, time))
      if (!bounds.allows([...settled, ...own].sort((one, other) => one.start - other.start))) continue
      const rest = search(index + 1, { ...step, starts: [start] }, [...chosen, start])
      if (rest) return rest
    }
    return undefined
  }
  // Where caps forbid the whole, as much of its beginning as they allow.
  for (let times: readonly number[] | undefined; feasible.length > 0; feasible.pop()) {
    tries = 0
    times = search(0, first, [])
    if (!times) continue
    for (const [index, { ordinal }] of feasible.entries()) {
      const step = open.find(one => one.ordinal === ordinal)
      const time = times[index]
      if (step && time !== undefined) found.set(step, time)
    }
    return
  }
}

function timeOf({ minutes }: Step, start: number): Pick<Interval, 'start' | 'end'> {
  return { start, end: start + minutes * 60_000 }
}

/**
 * The open steps that can be reached one from the other, each with the starts at which it can. The others are left out,
 * and their gaps are the next one's; `skipped`: those of the last.
 */
function reachable(first: Step | undefined, open: readonly Step[], bounds: Bounds) {
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
function finishing(reached: readonly Step[], next: Step | undefined, bounds: Bounds): Step[] {
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

function meets(last: Step, next: Step, bounds: Bounds): boolean {
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
function after({ starts: [at = 0], minutes }: Step, { min, max }: Step, { zone, gap }: Bounds): [number, number] {
  const end = at + minutes * 60_000
  const day = localDayOf(zone, end - 1)
  const to = max === Number.POSITIVE_INFINITY ? Infinity : dayStart(zone, day + max + 1)
  return [Math.max(end + gap, dayStart(zone, day + min)), to]
}

function within(starts: readonly number[], [from, to]: [number, number]): readonly number[] {
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
