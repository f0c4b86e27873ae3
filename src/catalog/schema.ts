import { z } from 'zod'
import { kinds } from '../../db/schema/catalog.ts'
import { Money } from '../kernel/money.ts'
import { CancellationPolicy } from './rules.ts'
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
    approval: z.boolean()
  })
  .meta({ id: 'SessionType' })

export function viewSessionType(type: SessionType): z.input<typeof SessionTypeView> {
  const { slug, kind, name, description, price, policy, rules } = type
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
    approval: rules.approval
  }
}
