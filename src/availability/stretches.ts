/**
 * Flat stretches [start, end, start, end …] of instants: sorted, overlapping and touching ones joined, empty ones dropped.
 */
export function merged(flat: readonly number[]): number[] {
  const pairs: [number, number][] = []
  let sorted = true
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const start = flat[index] ?? 0
    const end = flat[index + 1] ?? 0
    if (start >= end) continue
    sorted &&= (pairs.at(-1)?.[0] ?? -Infinity) <= start
    pairs.push([start, end])
  }
  if (!sorted) pairs.sort((one, other) => one[0] - other[0])
  const joined: number[] = []
  for (const [start, end] of pairs) {
    const last = joined.length - 1
    const lastEnd = joined[last]
    if (lastEnd !== undefined && start <= lastEnd) joined[last] = Math.max(lastEnd, end)
    else joined.push(start, end)
  }
  return joined
}

/** Sorted disjoint stretches and a place in them that moves with the questions: questions in order cost one step each. */
export function cursor(stretches: readonly number[]) {
  let at = 0
  /** Moves to the first stretch that ends after the instant. */
  const seek = (instant: number): void => {
    while (at > 0 && (stretches[at - 1] ?? 0) > instant) at -= 2
    while (at < stretches.length && (stretches[at + 1] ?? 0) <= instant) at += 2
  }
  return {
    /** True where one stretch holds it all; else where to look on; undefined where nothing follows. */
    covering(start: number, end: number): true | number | undefined {
      seek(start)
      const [from, to] = [stretches[at], stretches[at + 1]]
      if (from === undefined || to === undefined) return undefined
      return from > start ? from : end <= to ? true : to
    },
    covers(start: number, end: number): boolean {
      return this.covering(start, end) === true
    },
    /** The end of the first stretch that overlaps, or undefined. */
    collision(start: number, end: number): number | undefined {
      seek(start)
      const from = stretches[at]
      return from !== undefined && from < end ? stretches[at + 1] : undefined
    }
  }
}
