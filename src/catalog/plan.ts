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

/** The segments again after so many days, and again: how often, and between which bounds a client may choose. */
const Repeat = z
  .strictObject({
    /** The distances that can be chosen, in days: whole weeks, so that the weekday stays. The first is the usual one. */
    every: z.array(z.int().min(7).max(28).multipleOf(7)).min(1),
    times: z.int().min(2).max(104),
    /** It can also go on until it is ended: laid for twelve weeks, and further as they pass. */
    open: z.boolean().optional(),
    least: z.int().min(2),
    most: z.int().max(104)
  })
  .refine(({ least, times, most }) => least <= times && times <= most, {
    error: 'The usual number of times lies between the least and the most'
  })

/** How a session type lies on the calendar, as data. `lay` places it; nothing ever asks which kind it belongs to. */
export const Plan = z
  .strictObject({
    /** What a client chooses: a start on the grid, a local day whose blocks have their own hours, or a dated edition. */
    anchor: z.enum(['start', 'day', 'edition']),
    /** The segments take their local days whole, buffers included. */
    dayExclusive: z.boolean(),
    /** Each appointment stands for itself: it can be elsewhere than planned, be moved, skipped and charged alone. */
    apart: z.boolean().optional(),
    /** All steps lie within so many local days of the first. */
    within: z.int().min(1).max(730).optional(),
    /** The segments are one round of several; `runOf` spells them out. */
    repeat: Repeat.optional(),
    segments: z.array(Segment).min(1)
  })
  .superRefine(({ anchor, segments, apart, repeat }, context) => {
    const say = (index: number, message: string) =>
      context.addIssue({ code: 'custom', path: ['segments', index], message })
    if (repeat && !apart)
      context.addIssue({ code: 'custom', path: ['apart'], message: 'What repeats stands apart: apart: true' })
    if (repeat && (anchor !== 'start' || segments.some(({ day, after }) => after || day >= Math.min(...repeat.every))))
      say(0, 'What repeats starts on the grid, and each round ends before the next begins')
    const [first] = segments
    if (first && (first.day !== 0 || isStep(first))) say(0, 'The first segment lies on day 0 and has no gap before it')
    segments.forEach((segment, index) => {
      const fault = stepFault(segment, segments.slice(index + 1), { anchor, apart })
      if (fault) say(index, fault)
    })
    let end = 0
    segments.forEach(({ day, at, minutes, after, before }, index) => {
      if (after || before) return
      if (anchor === 'start' && at) say(index, 'A plan that starts on the grid has no blocks with hours of their own')
      if (anchor !== 'start' && !at) say(index, 'A plan of blocks gives each block its hour: at: "09:00"')
      const start = day * 1440 + wallMinutes(at ?? '00:00')
      if (start < end) say(index, 'Segments stand in order and do not overlap')
      end = start + minutes
    })
  })
export type Plan = z.infer<typeof Plan>

/** What is wrong with a segment as a step, among those that follow it. */
function stepFault(
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

/** Whether a segment has no place of its own when the first is chosen, but one that is found in its window. */
export function isStep({ after, before }: Pick<Segment, 'after' | 'before'>): boolean {
  return after !== undefined || before !== undefined
}

/** Whether some of its steps have no place of their own yet when the first is chosen. */
export function hasOpenSteps({ segments }: Pick<Plan, 'segments'>): boolean {
  return segments.some(isStep)
}

/** Whether its fixed segments belong together, sold, moved and cancelled as one, and steps stand around them. */
export function isWholeWithSteps(plan: Pick<Plan, 'segments' | 'apart'>): boolean {
  return !plan.apart && hasOpenSteps(plan)
}

/** Whether an appointment of the plan is moved by itself: each of those that stand apart, and each step beside a whole. */
export function standsAlone({ segments, apart }: Pick<Plan, 'segments' | 'apart'>, ordinal: number): boolean {
  const segment = segments[ordinal]
  return apart === true || (segment !== undefined && isStep(segment))
}

/** The plan as it is wanted, or was booked: of its steps those that were taken along are not optional any more. */
export function withSteps<T extends Pick<Plan, 'segments'>>(plan: T, taken: readonly number[]): T {
  const segments = plan.segments.map((segment, ordinal) =>
    taken.includes(ordinal) ? { ...segment, optional: undefined } : segment
  )
  return { ...plan, segments }
}

/** The plan without its steps: what belongs together. */
export function wholeOf(plan: Plan): Plan {
  return hasOpenSteps(plan) ? { ...plan, segments: fixedSegments(plan) } : plan
}

/** A plan with each of its rounds spelled out, so many days apart. */
export function spelled({ repeat: _, ...plan }: Plan, rounds: number, days: number): Plan {
  const segments = Array.from({ length: rounds }, (_, round) =>
    plan.segments.map(segment => ({ ...segment, day: segment.day + round * days }))
  ).flat()
  return { ...plan, segments }
}

/** The plan as it is usually laid: for what is asked of a session type before anybody has chosen how often. */
export function usualPlan(plan: Plan): Plan {
  const { repeat } = plan
  return repeat ? spelled(plan, repeat.times, repeat.every[0] ?? 7) : plan
}

/** Minutes of the local day that `09:30` names. */
export function wallMinutes(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/** The segments that have a place as soon as the anchor is known. */
export function fixedSegments({ segments }: Pick<Plan, 'segments'>): Segment[] {
  return segments.filter(segment => !isStep(segment))
}
