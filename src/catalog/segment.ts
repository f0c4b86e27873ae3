import { z } from 'zod'

const Who = z.enum(['both', 'first', 'second', 'nobody'])
export type Who = z.infer<typeof Who>

/** One stretch of a plan. */
export const Segment = z.strictObject({
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
  after: z.strictObject({ min: z.int().min(0), max: z.int().min(0) }).optional(),
  /** A step before the first segment: its end so many real hours before that start, and no more local days before it. */
  before: z.strictObject({ hours: z.int().min(0).max(2160), days: z.int().min(1).max(180) }).optional(),
  /** A step that a client takes along or leaves out, and what it then adds to the price, in minor units. */
  optional: z.literal(true).optional(),
  price: z.int().min(0).optional()
})
export type Segment = z.infer<typeof Segment>

/** Whether a segment has no place of its own when the first is chosen, but one that is found in its window. */
export function isStep({ after, before }: Pick<Segment, 'after' | 'before'>): boolean {
  return after !== undefined || before !== undefined
}

/** What is wrong with a segment as a step, among those that follow it. */
export function stepFault(
  { after, before, optional, price, at, day }: Segment,
  later: readonly Segment[],
  { anchor, apart }: { anchor: string; apart?: boolean | undefined }
): string | undefined {
  if (after && after.min > after.max) return 'The smallest gap must not be larger than the largest'
  if (after && before) return 'A step lies before or after: give one of the two'
  if (before && before.hours > before.days * 24) return 'The hours before the start must lie within the days before it'
  if (before && apart) return 'Where appointments stand apart, the first is the first: no step lies before it'
  if (optional && (apart || !(after || before)))
    return 'Only a step beside appointments that belong together is optional'
  if (price !== undefined && !optional) return 'What is not optional is in the price of the session type'
  if ((after || before) && anchor === 'edition') return 'Dates that are the same for all have no steps of their own'
  if ((after || before) && !apart && (at || day > 0))
    return 'A step has no hour and no day of its own: leave at out, day: 0'
  if (!apart && (after || before) && later.some(segment => !isStep(segment)))
    return 'Steps stand after what belongs together'
  if (after && later.some(segment => segment.before))
    return 'Steps before the first stand ahead of those after the last'
  return undefined
}
