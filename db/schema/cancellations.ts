import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { appointments } from './appointments.ts'
import { bookings } from './bookings.ts'
import { id, instant, minorUnits, practiceId } from './columns.ts'

/** What a reader was shown that a cancellation would give back; it holds until `valid_until`. */
export const cancellationQuotes = pgTable(
  'cancellation_quotes',
  {
    practiceId: practiceId(),
    bookingId: id('booking_id').notNull(),
    reader: text('reader').notNull(),
    quotedAt: instant('quoted_at').notNull(),
    validUntil: instant('valid_until').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.bookingId, table.reader] }),
    foreignKey({ columns: [table.practiceId, table.bookingId], foreignColumns: [bookings.practiceId, bookings.id] }),
    check('cancellation_quotes_valid', sql`${table.validUntil} > ${table.quotedAt}`)
  ]
)

export const cancellers = ['client', 'practice'] as const

/** What staff said of a late fee, or that they said nothing in time. */
export const feeDecisions = ['keep', 'waive', 'lapse'] as const

/** What came of a cancellation: kept and given back in minor units of the booking's currency. One a booking. */
export const cancellations = pgTable(
  'cancellations',
  {
    practiceId: practiceId(),
    bookingId: id('booking_id').notNull(),
    by: text('by').$type<(typeof cancellers)[number]>().notNull(),
    actor: text('actor').notNull(),
    at: instant('at').notNull(),
    band: text('band').notNull(),
    refund: minorUnits('refund').notNull(),
    fee: minorUnits('fee').notNull(),
    /** Of an appointment of two a late fee is kept only where staff say so by then; without their word it goes back. */
    decideBy: instant('decide_by'),
    decision: text('decision').$type<(typeof feeDecisions)[number]>(),
    decidedAt: instant('decided_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.bookingId] }),
    foreignKey({ columns: [table.practiceId, table.bookingId], foreignColumns: [bookings.practiceId, bookings.id] }),
    check('cancellations_by', sql`${table.by} in ('client', 'practice')`),
    index('cancellations_undecided')
      .on(table.practiceId, table.decideBy)
      .where(sql`${table.decideBy} is not null and ${table.decision} is null`),
    check('cancellations_amounts', sql`${table.refund} >= 0 and ${table.fee} >= 0`),
    check('cancellations_decision', sql`${table.decision} in ('keep', 'waive', 'lapse')`),
    check('cancellations_decided', sql`(${table.decision} is null) = (${table.decidedAt} is null)`),
    check('cancellations_decidable', sql`${table.decision} is null or ${table.decideBy} is not null`)
  ]
)

/**
 * An appointment of several that a client or the practice let fall by itself: what was given back of its share and what was
 * kept (minor units), and whether it counts among those that are free in a year. What was kept can be made up for once.
 */
export const skips = pgTable(
  'skips',
  {
    practiceId: practiceId(),
    appointmentId: id('appointment_id').notNull(),
    bookingId: id('booking_id').notNull(),
    by: text('by').$type<(typeof cancellers)[number]>().notNull(),
    actor: text('actor').notNull(),
    at: instant('at').notNull(),
    /** The start that it had. */
    startsAt: instant('starts_at').notNull(),
    band: text('band').notNull(),
    counted: boolean('counted').notNull(),
    refund: minorUnits('refund').notNull(),
    fee: minorUnits('fee').notNull(),
    decideBy: instant('decide_by'),
    decision: text('decision').$type<(typeof feeDecisions)[number]>(),
    decidedAt: instant('decided_at'),
    madeUpAt: instant('made_up_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.appointmentId] }),
    foreignKey({
      columns: [table.practiceId, table.appointmentId],
      foreignColumns: [appointments.practiceId, appointments.id]
    }),
    foreignKey({ columns: [table.practiceId, table.bookingId], foreignColumns: [bookings.practiceId, bookings.id] }),
    index('skips_booking').on(table.practiceId, table.bookingId),
    index('skips_undecided')
      .on(table.practiceId, table.decideBy)
      .where(sql`${table.decideBy} is not null and ${table.decision} is null`),
    check('skips_by', sql`${table.by} in ('client', 'practice')`),
    check('skips_amounts', sql`${table.refund} >= 0 and ${table.fee} >= 0`),
    check('skips_decision', sql`${table.decision} in ('keep', 'waive', 'lapse')`),
    check('skips_decided', sql`(${table.decision} is null) = (${table.decidedAt} is null)`)
  ]
)
