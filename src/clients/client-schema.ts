import { z } from 'zod'
import { Instant } from '../kernel/time.ts'

const confirmations = ['usual', 'by_hand'] as const

export const ConfirmationBody = z.strictObject({
  confirmation: z.enum(confirmations, { error: 'Say usual or by_hand' })
})

export const ClientsQuery = z.strictObject({
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50)
})

export const ClientView = z
  .object({
    id: z.uuid(),
    kind: z.enum(['individual', 'couple']),
    confirmation: z.enum(confirmations),
    createdAt: Instant,
    closedAt: Instant.nullable(),
    members: z.array(z.object({ person: z.uuid(), name: z.string(), since: Instant, until: Instant.nullable() })),
    safetyFlag: z.boolean().optional()
  })
  .meta({ id: 'Client' })

const Windows = z.array(z.object({ start: Instant, end: Instant }))

/** When it would suit each member of a client, and of two, both. */
export const PossibleTimesView = z
  .object({
    members: z.array(z.object({ person: z.uuid(), name: z.string(), windows: Windows })),
    both: Windows
  })
  .meta({ id: 'PossibleTimes' })
