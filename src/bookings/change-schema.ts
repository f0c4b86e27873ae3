import type { DateTime } from 'luxon'
import { z } from 'zod'
import { attendances } from '../../db/schema/appointments.ts'
import { bookingStates } from '../../db/schema/bookings.ts'
import { cancellers } from '../../db/schema/cancellations.ts'
import { Money } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { Line } from '../kernel/wire.ts'

export const CancellationView = z
  .object({
    /** Left out for staff who read no amounts. */
    refund: Money.optional(),
    fee: Money.optional(),
    /** What is still to be paid for what took place, where instalments were to come. */
    owed: Money.optional(),
    /** Of an appointment of two: until when the practice says whether the fee is kept. Without its word it goes back. */
    decideBy: Instant.optional(),
    /** The notice that was given. Left out for the one of two who does not pay. */
    band: z.string().optional(),
    state: z.enum(bookingStates)
  })
  .meta({ id: 'Cancellation' })

export const CancellationQuoteView = CancellationView.omit({ state: true })
  .extend({ validUntil: Instant })
  .meta({ id: 'CancellationQuote' })
export type CancellationQuoteView = Required<Omit<z.output<typeof CancellationQuoteView>, 'decideBy' | 'owed'>> & {
  decideBy?: DateTime
  owed?: Money
}

/** What letting one appointment fall would give back, and how many more are free in its year. */
export const SkipQuoteView = CancellationQuoteView.extend({ freeLeft: z.int(), free: z.int() }).meta({
  id: 'SkipQuote'
})

export const SkipView = CancellationView.omit({ state: true })
  .extend({ id: z.uuid(), state: z.literal('skipped'), sequence: z.int() })
  .meta({ id: 'Skip' })

/** What calling off a step would mean. `opens`: it gets another time for nothing more; else its share is kept. */
export const CallOffQuoteView = CancellationQuoteView.extend({
  opens: z.boolean(),
  /** Other times of the reader that give way, because they follow it: they are open then, too, and cost nothing. */
  givesWay: z.array(z.object({ id: z.uuid(), start: Instant, end: Instant }))
}).meta({ id: 'CallOffQuote' })

export const CallOffView = CancellationView.omit({ state: true })
  .extend({ id: z.uuid(), opens: z.boolean(), sequence: z.int() })
  .meta({ id: 'CallOff' })

export const MoveRequest = z.strictObject({ start: Instant, agreed: z.boolean().optional() })
export const MoveAnswer = z.strictObject({ accept: z.boolean() })

/** New times that wait for an answer. Where several go together, each of them; they are kept until then. */
export const ProposalView = z.object({
  start: Instant,
  by: z.enum(cancellers),
  expiresAt: Instant,
  appointments: z.array(z.object({ id: z.uuid(), start: Instant })).optional()
})
export type ProposalView = z.output<typeof ProposalView>

/** The appointment as it is now. While a proposal waits, its times are the old ones. */
export const MoveView = z
  .object({
    id: z.uuid(),
    state: z.enum(['moved', 'proposed', 'unchanged']),
    start: Instant,
    end: Instant,
    sequence: z.int(),
    proposal: ProposalView.nullable()
  })
  .meta({ id: 'Move' })
export type MoveView = z.output<typeof MoveView>

/** Who came and who did not, of the clients at an appointment: one of two may have been absent. */
export const AttendanceRequest = z.strictObject({
  people: z
    .array(z.strictObject({ person: z.uuid(), attendance: z.enum(attendances) }))
    .min(1, { error: 'Say of somebody whether they came' })
    .max(10)
})

export const FeeDecision = z.strictObject({ keep: z.boolean(), reason: Line.max(500).optional() })
