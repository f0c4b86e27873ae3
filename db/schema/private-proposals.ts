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
import { bookings } from './bookings.ts'
import { places, resources, sessionTypeVersions } from './catalog.ts'
import { clients } from './clients.ts'
import { bytes, id, instant, minorUnits, practiceId, stretch } from './columns.ts'
import { people } from './identity.ts'
import { proposals } from './moves.ts'

export const privateProposalStates = ['open', 'accepted', 'declined', 'lapsed', 'withdrawn'] as const
export type PrivateProposalState = (typeof privateProposalStates)[number]

/** What the practice offers one person by a discreet link: a plan, an own price, and times of which they choose one. */
export const privateProposals = pgTable(
  'private_proposals',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    personId: id('person_id').notNull(),
    /** The client that they are offered it as; null of somebody who is new. */
    clientId: id('client_id'),
    sessionTypeId: id('session_type_id').notNull(),
    version: integer('version').notNull(),
    therapistId: id('therapist_id').notNull(),
    placeId: id('place_id').notNull(),
    price: minorUnits('price').notNull(),
    currency: text('currency').notNull(),
    /** Until when it can be accepted, and its times are kept where they are. */
    until: instant('until').notNull(),
    /** A therapist has said that they spoke with each of the two, alone. */
    spokenWithEach: boolean('spoken_with_each').notNull().default(false),
    state: text('state').$type<PrivateProposalState>().notNull(),
    tokenHash: bytes('token_hash').notNull(),
    /** The link, sealed by the person’s data key: it is mailed, and shown to staff again. */
    link: bytes('link').notNull(),
    by: id('by').notNull(),
    createdAt: instant('created_at').notNull(),
    answeredAt: instant('answered_at'),
    bookingId: id('booking_id')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    foreignKey({ columns: [table.practiceId, table.clientId], foreignColumns: [clients.practiceId, clients.id] }),
    foreignKey({
      columns: [table.practiceId, table.sessionTypeId, table.version],
      foreignColumns: [sessionTypeVersions.practiceId, sessionTypeVersions.sessionTypeId, sessionTypeVersions.version]
    }),
    foreignKey({
      columns: [table.practiceId, table.therapistId],
      foreignColumns: [resources.practiceId, resources.id]
    }),
    foreignKey({ columns: [table.practiceId, table.placeId], foreignColumns: [places.practiceId, places.id] }),
    foreignKey({ columns: [table.practiceId, table.by], foreignColumns: [people.practiceId, people.id] }),
    foreignKey({ columns: [table.practiceId, table.bookingId], foreignColumns: [bookings.practiceId, bookings.id] }),
    unique('private_proposals_token_hash').on(table.practiceId, table.tokenHash),
    index('private_proposals_due').on(table.practiceId, table.until).where(sql`${table.state} = 'open'`),
    check('private_proposals_price', sql`${table.price} >= 0`),
    check('private_proposals_currency', sql`${table.currency} ~ '^[A-Z]{3}$'`),
    check('private_proposals_state', sql`${table.state} in ('open', 'accepted', 'declined', 'lapsed', 'withdrawn')`),
    check('private_proposals_answered_at', sql`(${table.state} = 'open') = (${table.answeredAt} is null)`),
    check('private_proposals_booking', sql`(${table.state} = 'accepted') = (${table.bookingId} is not null)`),
    check('private_proposals_token_hash_length', sql`octet_length(${table.tokenHash}) = 32`)
  ]
)

/** A start of which the person may choose one. */
export const privateProposalTimes = pgTable(
  'private_proposal_times',
  {
    practiceId: practiceId(),
    proposalId: id('proposal_id').notNull(),
    startsAt: instant('starts_at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.proposalId, table.startsAt] }),
    foreignKey({
      columns: [table.practiceId, table.proposalId],
      foreignColumns: [privateProposals.practiceId, privateProposals.id]
    })
  ]
)

/**
 * What is kept of therapist and room for a private proposal, or for new times of a series that wait for an answer; buffers
 * included. Like time off it is no sale: it is read and
 * written under the resource's lock, and goes when the proposal ends.
 */
export const keptTimes = pgTable(
  'kept_times',
  {
    practiceId: practiceId(),
    proposalId: id('proposal_id'),
    /** The proposal of new times, where it is no private one. */
    moveId: id('move_id'),
    resourceId: id('resource_id').notNull(),
    during: stretch('during').notNull()
  },
  table => [
    uniqueIndex('kept_times_once').on(table.practiceId, table.proposalId, table.resourceId, table.during),
    uniqueIndex('kept_times_once_moved').on(table.practiceId, table.moveId, table.resourceId, table.during),
    check('kept_times_for_one', sql`num_nonnulls(${table.proposalId}, ${table.moveId}) = 1`),
    foreignKey({
      columns: [table.practiceId, table.proposalId],
      foreignColumns: [privateProposals.practiceId, privateProposals.id]
    }),
    foreignKey({ columns: [table.practiceId, table.moveId], foreignColumns: [proposals.practiceId, proposals.id] }),
    foreignKey({ columns: [table.practiceId, table.resourceId], foreignColumns: [resources.practiceId, resources.id] }),
    index('kept_times_resource').on(table.practiceId, table.resourceId),
    check('kept_times_not_empty', sql`not isempty(${table.during})`)
  ]
)
