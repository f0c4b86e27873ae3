import { firstInstantOf, localDayOf, piecesOf } from '../kernel/wall-clock.ts'
import { type Plan, wallMinutes } from './plan.ts'
import { isStep, type Who } from './segment.ts'

/** A segment laid in time: epoch milliseconds, half-open. */
export interface Interval {
  start: number
  end: number
  who: Who
}

/** A segment where it lies: the how manieth of its plan it is, and whether its local hour exists on that day. */
export interface Laid extends Interval {
  ordinal: number
  exists: boolean
}

/**
 * Lays a plan's fixed segments from an anchor: the first start, in epoch milliseconds. Later segments keep the *local*
 * hour across clock changes (a repeated hour: its first occurrence); each lasts its real minutes.
 * @returns undefined where a segment's local hour does not exist on its day
 */
export function lay(plan: Plan, anchor: number, zone: string): Laid[] | undefined {
  const laid = layEach(plan, anchor, zone)
  return laid.every(({ exists }) => exists) ? laid : undefined
}

/** The same segment by segment: one whose hour does not exist on its day is laid where the clock goes on. */
export function layEach({ segments }: Pick<Plan, 'segments'>, anchor: number, zone: string): Laid[] {
  const anchorDay = localDayOf(zone, anchor)
  const anchorMinutes = wallMinutesAt(zone, anchorDay, anchor)
  const laid: Laid[] = []
  for (const [ordinal, segment] of segments.entries()) {
    if (isStep(segment)) continue
    const { day, at, minutes, who } = segment
    const own = at === undefined ? anchorMinutes : wallMinutes(at)
    const found = day === 0 && own === anchorMinutes ? anchor : firstInstantOf(zone, anchorDay + day, own)
    const start = found ?? afterGap(zone, anchorDay + day, own)
    laid.push({ ordinal, start, end: start + minutes * 60_000, who, exists: found !== undefined })
  }
  return laid
}

/** Which of the intervals do not lie whole in one of the free stretches: their indices. */
export function fits(
  intervals: readonly Pick<Interval, 'start' | 'end'>[],
  free: readonly Pick<Interval, 'start' | 'end'>[]
): number[] {
  return intervals.flatMap(({ start, end }, index) =>
    free.some(stretch => stretch.start <= start && end <= stretch.end) ? [] : [index]
  )
}

/**
 * What each laid segment takes of its resources, buffers (minutes) included. Where days are exclusive the segments of a
 * local day share the whole day between them: from its midnight to the next, each up to where the next one begins. A step,
 * known by its number in the plan, takes its own time only.
 */
export function occupied(
  { dayExclusive, segments }: Pick<Plan, 'dayExclusive' | 'segments'>,
  intervals: readonly (Pick<Interval, 'start' | 'end'> & { ordinal?: number })[],
  { before, after }: { before: number; after: number },
  zone: string
): { start: number; end: number }[] {
  const padded = intervals.map(({ start, end }) => ({ start: start - before * 60_000, end: end + after * 60_000 }))
  if (!dayExclusive) return padded
  const isOwn = ({ ordinal }: { ordinal?: number }) => isStep(segments[ordinal ?? 0] ?? {})
  const days = wholeDays(
    intervals.filter(one => !isOwn(one)),
    { before, after },
    zone
  )
  return intervals.flatMap((one, index) => (isOwn(one) ? padded.slice(index, index + 1) : days.splice(0, 1)))
}

function wholeDays(
  intervals: readonly Pick<Interval, 'start' | 'end'>[],
  { before, after }: { before: number; after: number },
  zone: string
): { start: number; end: number }[] {
  const padded = intervals.map(({ start, end }) => ({ start: start - before * 60_000, end: end + after * 60_000 }))
  const starts = intervals.map(({ start }, index) => {
    const dayStart = piecesOf(zone, localDayOf(zone, start))[0]?.start ?? start
    const previous = intervals[index - 1]
    if (previous && localDayOf(zone, previous.start) === localDayOf(zone, start)) return start
    return Math.min(dayStart, padded[index]?.start ?? start)
  })
  return intervals.map(({ start, end }, index) => {
    const next = starts[index + 1]
    const dayEnd = piecesOf(zone, localDayOf(zone, start)).at(-1)?.end ?? end
    const full = Math.max(dayEnd, padded[index]?.end ?? end)
    return { start: starts[index] ?? start, end: next === undefined ? full : Math.min(full, next) }
  })
}

/** Where the clock goes on on a day on which it never shows so many minutes. */
function afterGap(zone: string, localDay: number, minutes: number): number {
  const wall = localDay * 86_400_000 + minutes * 60_000
  const next = piecesOf(zone, localDay).find(({ start, offset }) => start + offset >= wall)
  return next?.start ?? piecesOf(zone, localDay + 1)[0]?.start ?? wall
}

function wallMinutesAt(zone: string, localDay: number, instant: number): number {
  const piece = piecesOf(zone, localDay).find(({ start, end }) => start <= instant && instant < end)
  return (instant + (piece?.offset ?? 0) - localDay * 86_400_000) / 60_000
}
