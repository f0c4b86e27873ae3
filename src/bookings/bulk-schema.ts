import { z } from 'zod'
import { bulkChoices, bulkStates } from '../../db/schema/bulk-changes.ts'
import { Money } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'

export const BulkWish = z
  .strictObject({
    appointment: z.uuid(),
    choice: z.enum(bulkChoices),
    start: Instant.optional().meta({ description: 'For a move or a proposal; the nearest free one unless told' })
  })
  .refine(({ choice, start }) => choice !== 'cancel' || !start, {
    path: ['start'],
    error: 'A cancellation has no start'
  })
export type BulkWish = z.infer<typeof BulkWish>

export const BulkChangeRequest = z.strictObject({
  changes: z.array(BulkWish).min(1, { error: 'Say what is to become of one appointment at least' }).max(500)
})

export const CollisionView = z
  .object({
    id: z.uuid(),
    appointment: z.uuid(),
    state: z.string(),
    start: Instant,
    end: Instant,
    names: z.array(z.string()),
    choices: z.array(z.enum(bulkChoices)),
    nearest: Instant.nullable(),
    refund: Money
  })
  .meta({ id: 'CollisionAhead' })

export const CollisionsView = z.object({
  items: z.array(CollisionView),
  editions: z.array(z.object({ id: z.uuid(), start: Instant, end: Instant }))
})

export const BulkChangeView = z
  .object({
    id: z.uuid(),
    therapist: z.string(),
    travel: z.uuid().nullable().meta({ description: 'Where the absence is a travel: which' }),
    start: Instant,
    end: Instant,
    state: z.enum(['running', 'done']),
    items: z.array(
      z.object({
        booking: z.uuid(),
        appointment: z.uuid(),
        choice: z.enum(bulkChoices),
        start: Instant.nullable(),
        state: z.enum(bulkStates),
        outcome: z.string().nullable()
      })
    )
  })
  .meta({ id: 'BulkChange' })
export type BulkChangeView = z.output<typeof BulkChangeView>
