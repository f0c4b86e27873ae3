import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, smallint, text, unique } from 'drizzle-orm/pg-core'
import { bookings } from './bookings.ts'
import { editions, places } from './catalog.ts'
import { id, instant, minorUnits, practiceId } from './columns.ts'
import { people } from './identity.ts'

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
