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

export const whos = ['both', 'first', 'second', 'nobody'] as const

/** A segment laid in time. It belongs to a booking, or it is a block of an edition. */
export const appointments = pgTable(
  'appointments',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    bookingId: id('booking_id'),
    editionId: id('edition_id'),
    ordinal: smallint('ordinal').notNull(),
    who: text('who').$type<(typeof whos)[number]>().notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    zone: text('zone').notNull(),
    placeId: id('place_id').notNull(),
    state: text('state').$type<'planned' | 'done' | 'skipped' | 'cancelled' | 'missed'>().notNull(),
    /** Its share of the booking's price, where appointments are charged one by one. */
    price: minorUnits('price'),
    /** The last move, and the start before it: a cancellation soon after a move counts to the earlier start. */
    movedAt: instant('moved_at'),
    movedFrom: instant('moved_from'),
    /** How often its clients moved it: some types let them a few times, whatever else would ask for a yes. */
    moves: smallint('moves').notNull().default(0)
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.bookingId], foreignColumns: [bookings.practiceId, bookings.id] }),
    foreignKey({ columns: [table.practiceId, table.editionId], foreignColumns: [editions.practiceId, editions.id] }),
    foreignKey({ columns: [table.practiceId, table.placeId], foreignColumns: [places.practiceId, places.id] }),
    unique('appointments_booking_ordinal').on(table.practiceId, table.bookingId, table.ordinal),
    unique('appointments_edition_ordinal').on(table.practiceId, table.editionId, table.ordinal),
    index('appointments_starts_at').on(table.practiceId, table.startsAt),
    check('appointments_of_one_thing', sql`num_nonnulls(${table.bookingId}, ${table.editionId}) = 1`),
    check('appointments_moves', sql`${table.moves} >= 0`),
    check('appointments_price', sql`${table.price} >= 0`),
    check('appointments_ends_after_start', sql`${table.endsAt} > ${table.startsAt}`),
    check('appointments_moved', sql`(${table.movedAt} is null) = (${table.movedFrom} is null)`),
    check('appointments_who', sql`${table.who} in ('both', 'first', 'second', 'nobody')`),
    check('appointments_state', sql`${table.state} in ('planned', 'done', 'skipped', 'cancelled', 'missed')`)
  ]
)

export const attendances = ['attended', 'absent'] as const

/** One person at one appointment: the calendar identity is theirs alone (UID, SEQUENCE, revision time). */
export const participants = pgTable(
  'participants',
  {
    practiceId: practiceId(),
    appointmentId: id('appointment_id').notNull(),
    personId: id('person_id').notNull(),
    uid: text('uid').notNull(),
    sequence: integer('sequence').notNull(),
    /** Its own last change. A confirmation revises it too, and is not written here: `revisedAt` in src/bookings/store.ts. */
    revisedAt: instant('revised_at').notNull(),
    removedAt: instant('removed_at'),
    response: text('response').$type<'needs_action' | 'accepted' | 'declined' | 'tentative'>().notNull(),
    attendance: text('attendance').$type<(typeof attendances)[number]>()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.appointmentId, table.personId] }),
    foreignKey({
      columns: [table.practiceId, table.appointmentId],
      foreignColumns: [appointments.practiceId, appointments.id]
    }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    unique('participants_uid').on(table.practiceId, table.uid),
    index('participants_person').on(table.practiceId, table.personId),
    check('participants_sequence', sql`${table.sequence} >= 0`),
    check('participants_response', sql`${table.response} in ('needs_action', 'accepted', 'declined', 'tentative')`),
    check('participants_attendance', sql`${table.attendance} in ('attended', 'absent')`)
  ]
)

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

export const proposalStates = ['open', 'accepted', 'declined', 'lapsed', 'withdrawn'] as const

/** A new time for an appointment that waits for the other's answer; the appointment stays as it is until then. */
export const proposals = pgTable(
  'proposals',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    bookingId: id('booking_id').notNull(),
    appointmentId: id('appointment_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    by: text('by').$type<(typeof cancellers)[number]>().notNull(),
    /** Which of the clients proposed it; null where the practice did. */
    personId: id('person_id'),
    actor: text('actor').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    state: text('state').$type<(typeof proposalStates)[number]>().notNull(),
    answeredAt: instant('answered_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.bookingId], foreignColumns: [bookings.practiceId, bookings.id] }),
    foreignKey({
      columns: [table.practiceId, table.appointmentId],
      foreignColumns: [appointments.practiceId, appointments.id]
    }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    uniqueIndex('proposals_one_open').on(table.practiceId, table.appointmentId).where(sql`${table.state} = 'open'`),
    index('proposals_due').on(table.practiceId, table.expiresAt).where(sql`${table.state} = 'open'`),
    check('proposals_by', sql`${table.by} in ('client', 'practice')`),
    check('proposals_state', sql`${table.state} in ('open', 'accepted', 'declined', 'lapsed', 'withdrawn')`),
    check('proposals_answered_at', sql`(${table.state} = 'open') = (${table.answeredAt} is null)`)
  ]
)

/** A yes that a proposed time waits for: the practice's, or a client's by the person's id. The last one moves it. */
export const proposalAnswers = pgTable(
  'proposal_answers',
  {
    practiceId: practiceId(),
    proposalId: id('proposal_id').notNull(),
    by: text('by').notNull(),
    acceptedAt: instant('accepted_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.proposalId, table.by] }),
    foreignKey({ columns: [table.practiceId, table.proposalId], foreignColumns: [proposals.practiceId, proposals.id] })
  ]
)

/** Of a proposal for several appointments at once, where each would be; they get these times together or not at all. */
export const proposalTimes = pgTable(
  'proposal_times',
  {
    practiceId: practiceId(),
    proposalId: id('proposal_id').notNull(),
    appointmentId: id('appointment_id').notNull(),
    startsAt: instant('starts_at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.proposalId, table.appointmentId] }),
    foreignKey({ columns: [table.practiceId, table.proposalId], foreignColumns: [proposals.practiceId, proposals.id] }),
    foreignKey({
      columns: [table.practiceId, table.appointmentId],
      foreignColumns: [appointments.practiceId, appointments.id]
    }),
    index('proposal_times_appointment').on(table.practiceId, table.appointmentId)
  ]
)
