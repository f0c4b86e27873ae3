import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { bookings } from './bookings.ts'
import { editions } from './catalog.ts'
import { clients } from './clients.ts'
import { bytes, id, instant, practiceId } from './columns.ts'
import { people } from './identity.ts'

export const entryStates = ['waiting', 'offered', 'accepted', 'lapsed', 'left'] as const
export type EntryState = (typeof entryStates)[number]

/** A couple in line for an edition. The lower position is asked first, and no position is given twice. */
export const waitlistEntries = pgTable(
  'waitlist_entries',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    editionId: id('edition_id').notNull(),
    clientId: id('client_id').notNull(),
    /** Who asked to wait, and is written to. */
    personId: id('person_id').notNull(),
    position: integer('position').notNull(),
    state: text('state').$type<EntryState>().notNull(),
    createdAt: instant('created_at').notNull(),
    /** Since when it is known that whoever reads the address wants this. Until then no seat is kept for them. */
    provenAt: instant('proven_at'),
    endedAt: instant('ended_at'),
    /** Since when the practice knows the couple: a seat that is offered to them then needs no approval. */
    approvedAt: instant('approved_at'),
    /** What came of a seat that was offered and taken. */
    bookingId: id('booking_id'),
    /** The cancelled booking whose seat was filled by it: its payer gets back what the practice keeps of no refilled seat. */
    refillsId: id('refills_id'),
    /** The page on which they look, accept and leave: found by its hash, and sealed by the person's data key for the mails. */
    tokenHash: bytes('token_hash').notNull(),
    link: bytes('link').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.editionId], foreignColumns: [editions.practiceId, editions.id] }),
    foreignKey({ columns: [table.practiceId, table.clientId], foreignColumns: [clients.practiceId, clients.id] }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    foreignKey({ columns: [table.practiceId, table.bookingId], foreignColumns: [bookings.practiceId, bookings.id] }),
    foreignKey({ columns: [table.practiceId, table.refillsId], foreignColumns: [bookings.practiceId, bookings.id] }),
    /** Who signs in, books, exports or is deleted is asked of by the person. */
    index('waitlist_entries_person').on(table.practiceId, table.personId),
    unique('waitlist_entries_refills').on(table.practiceId, table.refillsId),
    unique('waitlist_entries_position').on(table.practiceId, table.editionId, table.position),
    unique('waitlist_entries_token_hash').on(table.practiceId, table.tokenHash),
    uniqueIndex('waitlist_entries_once')
      .on(table.practiceId, table.editionId, table.clientId)
      .where(sql`${table.state} in ('waiting', 'offered')`),
    check('waitlist_entries_state', sql`${table.state} in ('waiting', 'offered', 'accepted', 'lapsed', 'left')`),
    check(
      'waitlist_entries_ended_at',
      sql`(${table.state} in ('accepted', 'lapsed', 'left')) = (${table.endedAt} is not null)`
    ),
    check(
      'waitlist_entries_proven_at',
      sql`${table.provenAt} is not null or (${table.state} not in ('offered', 'accepted') and ${table.approvedAt} is null)`
    ),
    check('waitlist_entries_booking', sql`(${table.state} = 'accepted') = (${table.bookingId} is not null)`),
    check('waitlist_entries_token_hash_length', sql`octet_length(${table.tokenHash}) = 32`)
  ]
)

export const offerStates = ['open', 'accepted', 'lapsed', 'left', 'withdrawn'] as const

/** A seat that is kept for a couple until a deadline. */
export const offers = pgTable(
  'offers',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    entryId: id('entry_id').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    state: text('state').$type<(typeof offerStates)[number]>().notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({
      columns: [table.practiceId, table.entryId],
      foreignColumns: [waitlistEntries.practiceId, waitlistEntries.id]
    }),
    uniqueIndex('offers_one_open').on(table.practiceId, table.entryId).where(sql`${table.state} = 'open'`),
    index('offers_due').on(table.practiceId, table.expiresAt).where(sql`${table.state} = 'open'`),
    check('offers_state', sql`${table.state} in ('open', 'accepted', 'lapsed', 'left', 'withdrawn')`)
  ]
)
