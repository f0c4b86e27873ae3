import { z } from 'zod'
import { kinds } from '../../db/schema/catalog.ts'
import { Money } from '../kernel/money.ts'
import { Line, Slug } from '../kernel/wire.ts'
import { Plan } from './plan.ts'
import { CancellationPolicy, Rules } from './rules.ts'
import { SessionTypeView } from './schema.ts'

const Price = z.strictObject({ amount: z.int().min(0), currency: Money.shape.currency })
const OfferedBy = z.strictObject({ therapist: Slug, place: Slug })

const changeable = {
  public: z.boolean(),
  name: Line.trim().min(1, { error: 'Give a name' }).max(120),
  description: z
    .string()
    .trim()
    .max(1000)
    .regex(/^(?:[^\p{Cc}]|[\r\n\t])*$/u, { error: 'Leave out control characters' })
    .meta({ pattern: undefined }),
  price: Price,
  plan: Plan,
  policy: CancellationPolicy,
  rules: Rules,
  /** With whom and where it can be had. */
  offerings: z.array(OfferedBy).max(500)
}

export const NewSessionType = z.strictObject({ slug: Slug, kind: z.enum(kinds), ...changeable })
export type NewSessionType = z.infer<typeof NewSessionType>

/** What is left out stays; what is given replaces the whole of it. */
export const SessionTypeChange = z
  .strictObject(changeable)
  .partial()
  .refine(change => Object.keys(change).length > 0, { error: 'Name what is to change' })
export type SessionTypeChange = z.infer<typeof SessionTypeChange>

/** A session type as whoever sets it up sees it. */
export const SessionTypeSettings = SessionTypeView.extend({
  public: z.boolean(),
  version: z.int(),
  plan: Plan,
  rules: Rules,
  offerings: z.array(OfferedBy)
}).meta({ id: 'SessionTypeSettings' })
