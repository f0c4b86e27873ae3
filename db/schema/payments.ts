import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex
} from 'drizzle-orm/pg-core'
import { appointments } from './appointments.ts'
import { bookings } from './bookings.ts'
import { id, instant, minorUnits, practiceId } from './columns.ts'
import { people } from './identity.ts'

export type DueReason =
  | 'full'
  | 'deposit'
  | 'balance'
  | 'session'
  | 'package'
  | 'share'
  | 'late_fee'
  | 'no_show_fee'
  | 'instalment'
export type DueState = 'scheduled' | 'open' | 'processing' | 'paid' | 'past_due' | 'waived' | 'void'

/** What one payer owes for one reason. */
export const dues = pgTable(
  'dues',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    bookingId: id('booking_id').notNull(),
    /** Of a series without an end: the appointment that it is for. */
    appointmentId: id('appointment_id'),
    payerId: id('payer_id').notNull(),
    reason: text('reason').$type<DueReason>().notNull(),
    amount: minorUnits('amount').notNull(),
    currency: text('currency').notNull(),
    dueAt: instant('due_at').notNull(),
    required: boolean('required_to_confirm').notNull(),
    state: text('state').$type<DueState>().notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.bookingId], foreignColumns: [bookings.practiceId, bookings.id] }),
    foreignKey({ columns: [table.practiceId, table.payerId], foreignColumns: [people.practiceId, people.id] }),
    foreignKey({
      columns: [table.practiceId, table.appointmentId],
      foreignColumns: [appointments.practiceId, appointments.id]
    }),
    index('dues_booking').on(table.practiceId, table.bookingId),
    unique('dues_currency').on(table.practiceId, table.id, table.currency),
    check('dues_amount', sql`${table.amount} > 0`),
    check(
      'dues_reason',
      sql`${table.reason} in ('full', 'deposit', 'balance', 'session', 'package', 'share', 'late_fee', 'no_show_fee', 'instalment')`
    ),
    check(
      'dues_state',
      sql`${table.state} in ('scheduled', 'open', 'processing', 'paid', 'past_due', 'waived', 'void')`
    )
  ]
)

export type AttemptState =
  | 'created'
  | 'submitted'
  | 'requires_action'
  | 'authorised'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'unknown'

/** One Checkout Session or PaymentIntent. At most one live attempt a due. */
export const attempts = pgTable(
  'attempts',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    dueId: id('due_id').notNull(),
    number: integer('number').notNull(),
    kind: text('kind').$type<'checkout' | 'off_session'>().notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    state: text('state').$type<AttemptState>().notNull(),
    checkoutId: text('checkout_id'),
    paymentId: text('payment_id'),
    url: text('url'),
    createdAt: instant('created_at').notNull(),
    /** When Stripe was last asked about it by ourselves: while it is live, every ten minutes. */
    askedAt: instant('asked_at'),
    expiresAt: instant('expires_at').notNull(),
    code: text('code')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.dueId], foreignColumns: [dues.practiceId, dues.id] }),
    unique('attempts_number').on(table.practiceId, table.dueId, table.number),
    unique('attempts_idempotency_key').on(table.practiceId, table.idempotencyKey),
    // What Stripe tells of says no practice, and most attempts have neither when they are made.
    uniqueIndex('attempts_checkout').on(table.checkoutId, table.practiceId).where(sql`${table.checkoutId} is not null`),
    uniqueIndex('attempts_payment').on(table.paymentId, table.practiceId).where(sql`${table.paymentId} is not null`),
    uniqueIndex('attempts_one_live')
      .on(table.practiceId, table.dueId)
      .where(sql`${table.state} in ('created', 'submitted', 'requires_action', 'authorised', 'unknown')`),
    check('attempts_kind', sql`${table.kind} in ('checkout', 'off_session')`),
    check(
      'attempts_state',
      sql`${table.state} in ('created', 'submitted', 'requires_action', 'authorised', 'succeeded', 'failed', 'cancelled', 'unknown')`
    ),
    check('attempts_succeeded_has_payment', sql`${table.state} <> 'succeeded' or ${table.paymentId} is not null`)
  ]
)

export const refunds = pgTable(
  'refunds',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    attemptId: id('attempt_id').notNull(),
    amount: minorUnits('amount').notNull(),
    key: text('key').notNull(),
    stripeId: text('stripe_id'),
    state: text('state').$type<'requested' | 'submitted' | 'pending' | 'succeeded' | 'failed'>().notNull(),
    reason: text('reason').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When Stripe was last asked for it by the minute's round: what is stuck stands behind what was not asked for yet. */
    askedAt: instant('asked_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.attemptId], foreignColumns: [attempts.practiceId, attempts.id] }),
    unique('refunds_key').on(table.practiceId, table.key),
    unique('refunds_stripe').on(table.practiceId, table.stripeId),
    check('refunds_amount', sql`${table.amount} > 0`),
    check('refunds_state', sql`${table.state} in ('requested', 'submitted', 'pending', 'succeeded', 'failed')`)
  ]
)

export type LedgerEntry =
  | 'charge'
  | 'refund'
  | 'refund_failed'
  | 'dispute_out'
  | 'dispute_in'
  | 'credit_issue'
  | 'credit_use'
  | 'waiver'
  | 'manual'

/** Every cent that moved, once. Lines are inserted, never changed or deleted (a trigger holds it). */
export const ledger = pgTable(
  'ledger',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    dueId: id('due_id').notNull(),
    payerId: id('payer_id').notNull(),
    entry: text('entry').$type<LedgerEntry>().notNull(),
    amount: minorUnits('amount').notNull(),
    currency: text('currency').notNull(),
    stripeId: text('stripe_id'),
    at: instant('at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({
      columns: [table.practiceId, table.dueId, table.currency],
      foreignColumns: [dues.practiceId, dues.id, dues.currency]
    }),
    foreignKey({ columns: [table.practiceId, table.payerId], foreignColumns: [people.practiceId, people.id] }),
    index('ledger_due').on(table.practiceId, table.dueId),
    unique('ledger_once').on(table.practiceId, table.entry, table.stripeId),
    check(
      'ledger_entry',
      sql`${table.entry} in ('charge', 'refund', 'refund_failed', 'dispute_out', 'dispute_in', 'credit_issue', 'credit_use', 'waiver', 'manual')`
    ),
    check(
      'ledger_sign',
      sql`(${table.entry} <> 'charge' or ${table.amount} > 0) and (${table.entry} <> 'refund' or ${table.amount} < 0)`
    ),
    check(
      'ledger_stripe_id',
      sql`${table.stripeId} is not null or ${table.entry} not in ('charge', 'refund', 'refund_failed', 'dispute_out', 'dispute_in')`
    )
  ]
)

/** The inbox of Stripe's events: received once, processed once. Not led by a practice: the event says which. */
export const stripeEvents = pgTable('stripe_events', {
  id: text('id').primaryKey(),
  type: text('type').notNull(),
  objectId: text('object_id').notNull(),
  receivedAt: instant('received_at').notNull(),
  /** When the sweep last took it up: what fails for ever stands behind what was never tried. */
  triedAt: instant('tried_at'),
  processedAt: instant('processed_at'),
  /** Nothing of ours: another use of the same Stripe account. */
  foreign: boolean('foreign').notNull().default(false)
})
