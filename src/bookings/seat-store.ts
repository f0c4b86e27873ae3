import { and, asc, eq, inArray, isNotNull, notInArray, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type BookingState, bookings } from '../../db/schema/bookings.ts'
import { editions } from '../../db/schema/catalog.ts'
import { offers, waitlistEntries } from '../../db/schema/waitlist.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { takingNothing } from './booking.ts'
import type { Seats } from './edition.ts'

/** How the seats of these editions are used. For a sale: under the edition's lock. */
export async function countSeats(
  db: Executor,
  { practice }: PracticeScope,
  ids: readonly string[]
): Promise<Map<string, Seats>> {
  if (ids.length === 0) return new Map()
  const of = (count: ReturnType<typeof sql>) => sql<number>`(${count})`.mapWith(Number)
  const rows = await db
    .select({
      id: editions.id,
      taken: of(sql`select count(*) from ${bookings} where ${bookings.practiceId} = ${editions.practiceId}
        and ${bookings.editionId} = ${editions.id} and ${notInArray(bookings.state, [...takingNothing])}`),
      offered: of(sql`select count(*) from ${offers} join ${waitlistEntries}
        on ${waitlistEntries.practiceId} = ${offers.practiceId} and ${waitlistEntries.id} = ${offers.entryId}
        where ${waitlistEntries.practiceId} = ${editions.practiceId} and ${waitlistEntries.editionId} = ${editions.id}
        and ${eq(offers.state, 'open')}`),
      waiting:
        of(sql`select count(*) from ${waitlistEntries} where ${waitlistEntries.practiceId} = ${editions.practiceId}
        and ${waitlistEntries.editionId} = ${editions.id} and ${eq(waitlistEntries.state, 'waiting')}
        and ${isNotNull(waitlistEntries.provenAt)}`)
    })
    .from(editions)
    .where(and(eq(editions.practiceId, practice.id), inArray(editions.id, [...ids])))
  return new Map(rows.map(({ id, ...seats }) => [id, seats]))
}

export async function seatsOf(db: Executor, scope: PracticeScope, id: string): Promise<Seats> {
  const seats = (await countSeats(db, scope, [id])).get(id)
  if (!seats) throw new Error(`There is no edition ${id}`)
  return seats
}

/** Bookings of an edition in the order in which they were made; those that have ended too where it is asked. */
export async function listSeatBookings(
  db: Executor,
  { practice }: PracticeScope,
  editionId: string,
  { ended = false }: { ended?: boolean } = {}
): Promise<{ id: string; state: BookingState; clientId: string; bookerId: string; createdAt: DateTime }[]> {
  const { id, state, clientId, bookerId, createdAt } = bookings
  return db
    .select({ id, state, clientId, bookerId, createdAt })
    .from(bookings)
    .where(
      and(
        eq(bookings.practiceId, practice.id),
        eq(bookings.editionId, editionId),
        ended ? undefined : notInArray(bookings.state, [...takingNothing])
      )
    )
    .orderBy(asc(bookings.createdAt), asc(bookings.id))
}
