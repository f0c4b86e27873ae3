import type { Session } from './care.ts'

type Stretch = { start: number; end: number }

/**
 * At most so many demanding sessions one after the other. They follow each other where less than the pause (minutes) lies
 * between the end of one and the start of the next, and no session of another sort.
 * @returns whether segments of a demanding plan can be added to what is sold; each answer looks at its neighbours alone
 */
export function rowCheck(
  sold: readonly Session[],
  { most, pause }: { most: number; pause: number }
): (intervals: readonly Stretch[]) => boolean {
  const sorted = [...sold].sort((one, other) => one.start - other.start)
  return own => own.every((_, index) => isShort(sorted, own, index, most, pause * 60_000))
}

function isShort(sold: readonly Session[], own: readonly Stretch[], index: number, most: number, pause: number) {
  const middle = own[index]
  if (!middle) return true
  const after = firstFrom(sold, middle.start)
  let count = 1
  for (const step of [-1, 1]) {
    let edge = middle
    let at = step < 0 ? after - 1 : after
    let mine = index + step
    while (count <= most) {
      const [theirs, next] = [sold[at], own[mine]]
      const isTheirs = theirs && (!next || (step < 0 ? theirs.start > next.start : theirs.start < next.start))
      const found = isTheirs ? theirs : next
      if (!found || (isTheirs && !theirs.demanding)) break
      if ((step < 0 ? edge.start - found.end : found.start - edge.end) >= pause) break
      if (isTheirs) at += step
      else mine += step
      edge = found
      count += 1
    }
  }
  return count <= most
}

/** The index of the first session that starts at the instant or later. */
function firstFrom(sold: readonly Session[], instant: number): number {
  let [low, high] = [0, sold.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sold[middle]?.start ?? 0) < instant) low = middle + 1
    else high = middle
  }
  return low
}
