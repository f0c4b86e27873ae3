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

/** Sorted disjoint stretches and a place in them that moves with the questions: questions in order
 * cost one step each, any other a few. */
export function cursor(stretches: readonly number[]) {
  let at = 0
  /** Moves to the first stretch that ends after the instant. */
  const seek = (instant: number): void => {
    for (let step = 0; step < 2; step++) {
      if (at > 0 && (stretches[at - 1] ?? 0) > instant) at -= 2
      else if (at < stretches.length && (stretches[at + 1] ?? 0) <= instant) at += 2
      else return
    }
    let [low, high] = [0, stretches.length / 2]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((stretches[2 * middle + 1] ?? 0) <= instant) low = middle + 1
      else high = middle
    }
    at = 2 * low
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

/** How much of some sorted disjoint stretches lies in others, in their unit. */
export function overlap(some: readonly number[], others: readonly number[]): number {
  let total = 0
  for (let one = 0, other = 0; one < some.length && other < others.length; ) {
    const [start = 0, end = 0] = [some[one], some[one + 1]]
    const [from = 0, to = 0] = [others[other], others[other + 1]]
    total += Math.max(0, Math.min(end, to) - Math.max(start, from))
    if (end < to) one += 2
    else other += 2
  }
  return total
}

/** What of some sorted disjoint stretches lies in others. */
export function common(stretches: readonly number[], others: readonly number[]): number[] {
  const kept: number[] = []
  for (let one = 0, other = 0; one < stretches.length && other < others.length; ) {
    const [start = 0, end = 0] = [stretches[one], stretches[one + 1]]
    const [from = 0, to = 0] = [others[other], others[other + 1]]
    if (Math.max(start, from) < Math.min(end, to)) kept.push(Math.max(start, from), Math.min(end, to))
    if (end < to) one += 2
    else other += 2
  }
  return kept
}

/** Sorted disjoint stretches without what lies in others. */
export function without(stretches: readonly number[], others: readonly number[]): number[] {
  const left: number[] = []
  for (let index = 0; index < stretches.length; index += 2) {
    let start = stretches[index] ?? 0
    const end = stretches[index + 1] ?? 0
    for (let other = 0; other < others.length; other += 2) {
      const [from = 0, to = 0] = [others[other], others[other + 1]]
      if (to <= start || from >= end) continue
      if (from > start) left.push(start, from)
      start = Math.max(start, to)
    }
    if (start < end) left.push(start, end)
  }
  return left
}
