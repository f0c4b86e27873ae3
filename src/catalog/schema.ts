import { z } from 'zod'
import { kinds } from '../../db/schema/catalog.ts'
import { Money } from '../kernel/money.ts'
import { hasOpenSteps, isWholeWithSteps } from './plan.ts'
import { CancellationPolicy } from './rules.ts'
import { isStep, Segment } from './segment.ts'
import { depositOf, instalmentsOf, minutesOf, type SessionType } from './session-type.ts'

export const PracticeView = z.object({
  name: z.string(),
  zone: z.string(),
  currency: z.string(),
  policies: z.object({
    description: z.string(),
    statement: z.string(),
    replyWithin: z.string(),
    emergency: z.string(),
    termsVersion: z.int()
  })
})

/**
 * A step: how long, for whom, and where it may lie: before the first day (real hours, local days), or so many local days after
 * the one before it; neither of the first of a programme. With what it adds to the price.
 */
export const StepView = z
  .object({
    step: z.int(),
    minutes: z.int(),
    who: Segment.shape.who,
    optional: z.boolean(),
    price: Money,
    before: Segment.shape.before,
    after: Segment.shape.after
  })
  .meta({ id: 'Step' })
export type StepView = z.output<typeof StepView>

export const SessionTypeView = z
  .object({
    slug: z.string(),
    kind: z.enum(kinds),
    name: z.string(),
    description: z.string(),
    minutes: z.int(),
    price: Money,
    deposit: Money.nullable(),
    /** It can be paid in so many parts: the first at once, each so many days after the one before. */
    instalments: z.object({ times: z.int(), days: z.int() }).optional(),
    policy: CancellationPolicy,
    approval: z.boolean(),
    /** Each step of a programme, or those beside what belongs together: by its number each is asked for in `occurrences`. */
    steps: z.array(StepView).optional()
  })
  .meta({ id: 'SessionType' })

export function viewSessionType(type: SessionType): z.input<typeof SessionTypeView> {
  const { slug, kind, name, description, price, plan, policy, rules } = type
  const instalments = instalmentsOf(type)
  return {
    slug,
    kind,
    name,
    description,
    minutes: minutesOf(type),
    price,
    deposit: depositOf(type),
    ...(instalments && { instalments }),
    policy,
    approval: rules.approval,
    ...(hasOpenSteps(plan) && { steps: viewSteps(type) })
  }
}

/** The steps of a plan that has some: where they stand beside what belongs together without the latter. */
export function viewSteps({ plan, price: { currency } }: Pick<SessionType, 'plan' | 'price'>): StepView[] {
  return plan.segments.flatMap((segment, step) => {
    const { minutes, who, before, after, optional = false, price: amount = 0 } = segment
    return isStep(segment) || !isWholeWithSteps(plan)
      ? [{ step, minutes, who, optional, price: { amount, currency }, before, after }]
      : []
  })
}
