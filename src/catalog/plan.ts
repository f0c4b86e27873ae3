import { z } from 'zod'
import { instantsOf, localDayOf, piecesOf } from '../kernel/wall-clock.ts'

const Who = z.enum(['both', 'first', 'second', 'nobody'])
export type Who = z.infer<typeof Who>

/** One stretch of a plan. */
const Segment = z.strictObject({
  minutes: z.int().min(5).max(1440),
  who: Who,
  /** Local days after the anchor's day: 0, 7, 14 … for a weekly series. */
  day: z.int().min(0).max(730),
  /** An own local hour, for blocks; without it the anchor's local hour. */
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  /** An open step: so many days after the end of the previous one. It is proposed later and no part of a slot. */
  after: z.strictObject({ min: z.int().min(0), max: z.int().min(0) }).optional()
})
export type Segment = z.infer<typeof Segment>

/** How a session type lies on the calendar, as data. `lay` places it; nothing ever asks which kind it belongs to. */
export const Plan = z
  .strictObject({
    /** What a client chooses: a start on the grid, a local day whose blocks have their own hours, or a dated edition. */
    anchor: z.enum(['start', 'day', 'edition']),
    /** The segments take their local days whole, buffers included. */
    dayExclusive: z.boolean(),
    segments: z.array(Segment).min(1)
  })
  .superRefine(({ anchor, segments }, context) => {
    const say = (index: number, message: string) =>
      context.addIssue({ code: 'custom', path: ['segments', index], message })
    const [first] = segments
    if (first && (first.day !== 0 || first.after)) say(0, 'The first segment lies on day 0 and has no gap before it')
    let end = 0
    segments.forEach(({ day, at, minutes, after }, index) => {
      if (after && after.min > after.max) say(index, 'The smallest gap must not be larger than the largest')
      if (after) return
      if (anchor === 'start' && at) say(index, 'A plan that starts on the grid has no blocks with hours of their own')
      if (anchor !== 'start' && !at) say(index, 'A plan of blocks gives each block its hour: at: "09:00"')
      const start = day * 1440 + wallMinutes(at ?? '00:00')
      if (start < end) say(index, 'Segments stand in order and do not overlap')
      end = start + minutes
    })
  })
export type Plan = z.infer<typeof Plan>

/** A segment laid in time: epoch milliseconds, half-open. */
export interface Interval {
  start: number
  end: number
  who: Who
}

/** The segments that have a place as soon as the anchor is known. */
export function fixedSegments({ segments }: Pick<Plan, 'segments'>): Segment[] {
  return segments.filter(segment => !segment.after)
}

/**
 * Lays a plan's fixed segments from an anchor: the first start, in epoch milliseconds. Later segments keep the *local*
 * hour across clock changes (a repeated hour: its first occurrence); each lasts its real minutes.
 * @returns undefined where a segment's local hour does not exist on its day
 */
export function lay(plan: Plan, anchor: number, zone: string): Interval[] | undefined {
  const anchorDay = localDayOf(zone, anchor)
  const anchorMinutes = wallMinutesAt(zone, anchorDay, anchor)
  const laid: Interval[] = []
  for (const { day, at, minutes, who } of fixedSegments(plan)) {
    const own = at === undefined ? anchorMinutes : wallMinutes(at)
    const start = day === 0 && own === anchorMinutes ? anchor : instantsOf(zone, anchorDay + day, own)[0]
    if (start === undefined) return undefined
    laid.push({ start, end: start + minutes * 60_000, who })
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
 * local day share the whole day between them: from its midnight to the next, each up to where the next one begins.
 */
export function occupied(
  { dayExclusive }: Pick<Plan, 'dayExclusive'>,
  intervals: readonly Pick<Interval, 'start' | 'end'>[],
  { before, after }: { before: number; after: number },
  zone: string
): { start: number; end: number }[] {
  const padded = intervals.map(({ start, end }) => ({ start: start - before * 60_000, end: end + after * 60_000 }))
  if (!dayExclusive) return padded
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

function wallMinutes(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

function wallMinutesAt(zone: string, localDay: number, instant: number): number {
  const piece = piecesOf(zone, localDay).find(({ start, end }) => start <= instant && instant < end)
  return (instant + (piece?.offset ?? 0) - localDay * 86_400_000) / 60_000
}
