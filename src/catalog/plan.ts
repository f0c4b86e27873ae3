import { z } from 'zod'
import { isStep, Segment, stepFault } from './segment.ts'

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
