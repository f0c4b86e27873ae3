import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex
} from 'drizzle-orm/pg-core'
import { editions, places, resources, sessionTypeVersions } from './catalog.ts'
import { clients } from './clients.ts'
import { bytes, id, instant, minorUnits, practiceId, stretch } from './columns.ts'
import { people } from './identity.ts'

export const bookingStates = [
  'requested',
  'held',
  'releasing',
  'confirmed',
  'completed',
  'no_show',
  'declined',
  'expired',
  'cancelled'
] as const
export type BookingState = (typeof bookingStates)[number]

/** A client's claim on one laid plan. */
export const bookings = pgTable(
  'bookings',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    clientId: id('client_id').notNull(),
    bookerId: id('booker_id').notNull(),
    sessionTypeId: id('session_type_id').notNull(),
    version: integer('version').notNull(),
    editionId: id('edition_id'),
    therapistId: id('therapist_id').notNull(),
    /** Of a session with two therapists the other one. */
    secondTherapistId: id('second_therapist_id'),
    placeId: id('place_id').notNull(),
    state: text('state').$type<BookingState>().notNull(),
    createdAt: instant('created_at').notNull(),
    confirmedAt: instant('confirmed_at'),
    endedAt: instant('ended_at'),
    holdUntil: instant('hold_until'),
    atRiskSince: instant('at_risk_since'),
    pausedFrom: instant('paused_from'),
    /** Of a series: days from one round to the next; and whether it goes on until it is ended. */
    every: smallint('every'),
    openEnded: boolean('open_ended').notNull().default(false),
    /** Of what has steps beside it: those that were taken along, by their numbers in the plan. */
    steps: smallint('steps').array().notNull().default([]),
    price: minorUnits('price').notNull(),
    currency: text('currency').notNull(),
    /** Staff booked it for a caller, or it was proposed privately: the practice's own act. */
    byPractice: boolean('by_practice').notNull().default(false),
    termsVersion: integer('terms_version').notNull(),
    consentedAt: instant('consented_at').notNull(),
    /** Keyed hashes of the browser and the mail address that hold it, for the limits on unpaid holds; gone with the hold. */
    browser: bytes('browser'),
    address: bytes('address'),
    rowVersion: integer('row_version').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.clientId], foreignColumns: [clients.practiceId, clients.id] }),
    foreignKey({ columns: [table.practiceId, table.bookerId], foreignColumns: [people.practiceId, people.id] }),
    foreignKey({
      columns: [table.practiceId, table.sessionTypeId, table.version],
      foreignColumns: [sessionTypeVersions.practiceId, sessionTypeVersions.sessionTypeId, sessionTypeVersions.version]
    }),
    foreignKey({ columns: [table.practiceId, table.editionId], foreignColumns: [editions.practiceId, editions.id] }),
    foreignKey({
      columns: [table.practiceId, table.therapistId],
      foreignColumns: [resources.practiceId, resources.id]
    }),
    foreignKey({
      columns: [table.practiceId, table.secondTherapistId],
      foreignColumns: [resources.practiceId, resources.id]
    }),
    foreignKey({ columns: [table.practiceId, table.placeId], foreignColumns: [places.practiceId, places.id] }),
    check('bookings_two_therapists', sql`${table.secondTherapistId} <> ${table.therapistId}`),
    index('bookings_due').on(table.practiceId, table.holdUntil).where(sql`${table.state} in ('held', 'releasing')`),
    index('bookings_client').on(table.practiceId, table.clientId),
    index('bookings_browser').on(table.practiceId, table.browser).where(sql`${table.browser} is not null`),
    /** A couple has one seat of an edition; and what counts its seats reads these rows alone. */
    uniqueIndex('bookings_seat')
      .on(table.practiceId, table.editionId, table.clientId)
      .where(sql`${table.editionId} is not null and ${table.state} not in ('declined', 'expired', 'cancelled')`),
    index('bookings_address').on(table.practiceId, table.address).where(sql`${table.address} is not null`),
    check(
      'bookings_state',
      sql`${table.state} in ('requested', 'held', 'releasing', 'confirmed', 'completed', 'no_show', 'declined', 'expired', 'cancelled')`
    ),
    check('bookings_held_until', sql`${table.state} not in ('held', 'releasing') or ${table.holdUntil} is not null`),
    check(
      'bookings_confirmed_at',
      sql`${table.state} not in ('confirmed', 'completed', 'no_show') or ${table.confirmedAt} is not null`
    ),
    check(
      'bookings_ended_at',
      sql`(${table.state} in ('declined', 'expired', 'cancelled')) = (${table.endedAt} is not null)`
    ),
    check('bookings_price', sql`${table.price} >= 0`),
    check('bookings_currency', sql`${table.currency} ~ '^[A-Z]{3}$'`)
  ]
)

/** A yes that a requested booking waits for: the practice's (approval) or the other member's. */
export const acceptances = pgTable(
  'acceptances',
  {
    practiceId: practiceId(),
    bookingId: id('booking_id').notNull(),
    by: text('by').notNull(),
    deadline: instant('deadline').notNull(),
    answer: text('answer').$type<'accept' | 'other_time' | 'decline'>(),
    at: instant('at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.bookingId, table.by] }),
    foreignKey({ columns: [table.practiceId, table.bookingId], foreignColumns: [bookings.practiceId, bookings.id] }),
    index('acceptances_open').on(table.practiceId, table.deadline).where(sql`${table.answer} is null`),
    check('acceptances_answer', sql`${table.answer} in ('accept', 'other_time', 'decline')`),
    check('acceptances_answered_at', sql`(${table.answer} is null) = (${table.at} is null)`)
  ]
)

/** Times that would suit the other of two, given with their wish for another: for the practice alone. */
export const possibleTimes = pgTable(
  'possible_times',
  {
    practiceId: practiceId(),
    bookingId: id('booking_id').notNull(),
    during: stretch('during').notNull(),
    givenAt: instant('given_at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.bookingId, table.during] }),
    foreignKey({ columns: [table.practiceId, table.bookingId], foreignColumns: [bookings.practiceId, bookings.id] }),
    index('possible_times_given').on(table.givenAt),
    check('possible_times_not_empty', sql`not isempty(${table.during})`)
  ]
)

/**
 * The address by which the other of two answers a suggested time: found by its hash, and sealed by the booker's data key so
 * that they can copy it again. It proves nothing: who booked holds it too.
 */
export const acceptanceLinks = pgTable(
  'acceptance_links',
  {
    practiceId: practiceId(),
    bookingId: id('booking_id').notNull(),
    tokenHash: bytes('token_hash').notNull(),
    link: bytes('link').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.bookingId] }),
    foreignKey({ columns: [table.practiceId, table.bookingId], foreignColumns: [bookings.practiceId, bookings.id] }),
    unique('acceptance_links_token_hash').on(table.practiceId, table.tokenHash),
    check('acceptance_links_token_hash_length', sql`octet_length(${table.tokenHash}) = 32`)
  ]
)
