import { z } from 'zod'
import { kinds } from '../../db/schema/catalog.ts'
import { Money } from '../kernel/money.ts'
import { isWholeWithSteps } from './plan.ts'
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

/** A step before the first day (real hours, local days) or after the last (local days), and what it adds to the price. */
const StepView = z
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
    /** Steps beside what belongs together: by its number each is asked for in `occurrences`. */
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
    ...(isWholeWithSteps(plan) && { steps: viewSteps(type) })
  }
}

function viewSteps({ plan, price: { currency } }: SessionType): z.input<typeof StepView>[] {
  return plan.segments.flatMap((segment, step) => {
    const { minutes, who, before, after, optional = false, price: amount = 0 } = segment
    return isStep(segment) ? [{ step, minutes, who, optional, price: { amount, currency }, before, after }] : []
  })
}
