import type { Interval } from '../catalog/lay.ts'
import { after, type Bounds, finishing, meets, reachable, type Step, within } from './reach.ts'

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
