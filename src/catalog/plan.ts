import { z } from 'zod'

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

/** The segments again after so many days, and again: how often, and between which bounds a client may choose. */
const Repeat = z
  .strictObject({
    /** The distances that can be chosen, in days: whole weeks, so that the weekday stays. The first is the usual one. */
    every: z.array(z.int().min(7).max(28).multipleOf(7)).min(1),
    times: z.int().min(2).max(104),
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

/** Whether some of its steps have no place of their own yet when the first is chosen. */
export function hasOpenSteps({ segments }: Pick<Plan, 'segments'>): boolean {
  return segments.some(({ after }) => after)
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
  return segments.filter(segment => !segment.after)
}
