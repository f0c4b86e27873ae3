import { z } from 'zod'
import { overrides } from '../availability/override.ts'
import { Line, Slug } from '../kernel/wire.ts'
import { callerPays } from './for-caller.ts'
import { Person } from './person-schema.ts'
import { startFields } from './schema.ts'
import { SpokenWithEach } from './spoken.ts'

/** Who calls: a client (of two the first, where it is not said which), or somebody new. */
const caller = {
  client: z.uuid().optional(),
  caller: z.uuid().optional().meta({ description: 'Which member of a couple it is; the first of them unless told' }),
  person: Person.optional()
}
export const Caller = z.strictObject(caller)
export type Caller = z.infer<typeof Caller>

export const CallerBookingRequest = startFields
  .omit({ edition: true })
  .required({ start: true })
  .extend({
    ...caller,
    sessionType: Slug,
    override: z
      .array(z.enum(overrides))
      .max(overrides.length)
      .optional()
      .meta({ description: 'The rules that are set aside. What is sold, and time off, never are' }),
    reason: Line.trim().min(1).max(500).optional(),
    payment: z.enum(callerPays),
    spokenWithEach: SpokenWithEach
  })
export type CallerBookingRequest = z.infer<typeof CallerBookingRequest>
