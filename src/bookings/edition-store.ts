import { and, asc, eq, gt, inArray, isNotNull, notInArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { appointments, type BookingState, bookings } from '../../db/schema/bookings.ts'
import { type EditionState, editions, places, resources, sessionTypes } from '../../db/schema/catalog.ts'
import type { Stretch } from '../../db/schema/columns.ts'
import { offers, waitlistEntries } from '../../db/schema/waitlist.ts'
import { queueFor } from '../availability/queue-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { instantOf } from '../kernel/time.ts'
import { insertBlocks, type LaidBlocks, listBlocks } from './block-store.ts'
import { takingNothing, therapistsOf } from './booking.ts'
import type { Edition, Seats } from './edition.ts'

/** A therapist who leads an edition, alone or with another. */
export interface Leader {
  slug: string
  name: string
  personId: string
  zone: string
}

/** An edition with the names of what it stands on. */
export interface FoundEdition extends Edition {
  slug: string
  public: boolean
  therapist: Leader
  second: Leader | null
  place: { slug: string; name: string; roomId: string | null }
}

export async function findEdition(db: Executor, scope: PracticeScope, id: string): Promise<FoundEdition | undefined> {
  const [row] = await selectEditions(db, scope).where(
    and(eq(editions.practiceId, scope.practice.id), eq(editions.id, id))
  )
  return row && toEdition(row)
}

/** Editions of a type, or of all of them, in these states, of which the last block has not ended at `since`; soonest first. */
export async function listEditions(
  db: Executor,
  scope: PracticeScope,
  { type, states, since }: { type?: string; states?: readonly EditionState[]; since: DateTime }
): Promise<FoundEdition[]> {
  const lasting = db
    .select({ id: sql<string>`${appointments.editionId}` })
    .from(appointments)
    .where(and(eq(appointments.practiceId, scope.practice.id), gt(appointments.endsAt, since)))
  const rows = await selectEditions(db, scope).where(
    and(
      eq(editions.practiceId, scope.practice.id),
      type ? eq(editions.sessionTypeId, type) : undefined,
      states ? inArray(editions.state, [...states]) : undefined,
      inArray(editions.id, lasting)
    )
  )
  const firsts = await listBlocks(
    db,
    scope,
    rows.map(({ edition }) => edition.id)
  )
  const startOf = (id: string) => firsts.find(({ editionId }) => editionId === id)?.startsAt.toMillis() ?? 0
  return rows.map(toEdition).sort((one, other) => startOf(one.id) - startOf(other.id))
}

/**
 * The one order of locks: the edition's therapists and room, then its row. Who holds it may count seats and take one.
 * @param before lines to wait in before those of the resources: whoever holds too much
 * @param also a therapist who is to lead it as well
 */
export async function lockEdition(
  tx: Transaction,
  scope: PracticeScope,
  id: string,
  before: readonly string[] = [],
  also: readonly string[] = []
): Promise<FoundEdition | undefined> {
  const known = await findEdition(tx, scope, id)
  if (!known) return undefined
  await queueFor(tx, scope, [...new Set([...resourcesOf(known), ...also])], before)
  await lockEditionRow(tx, scope, id)
  return findEdition(tx, scope, id)
}

/** The row alone, for who holds the resources already. */
export async function lockEditionRow(tx: Transaction, { practice }: PracticeScope, id: string): Promise<void> {
  await tx
    .select({ id: editions.id })
    .from(editions)
    .where(and(eq(editions.practiceId, practice.id), eq(editions.id, id)))
    .for('update')
}

/** Therapists and room that an edition takes. */
export function resourcesOf({
  place,
  ...edition
}: Pick<FoundEdition, 'therapistId' | 'secondTherapistId' | 'place'>): string[] {
  return [...therapistsOf(edition), ...(place.roomId ? [place.roomId] : [])]
}

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

export async function insertEdition(
  tx: Transaction,
  edition: typeof editions.$inferInsert,
  laid: LaidBlocks
): Promise<void> {
  await tx.insert(editions).values(edition)
  await insertBlocks(tx, laid)
}

export async function saveEdition(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  set: Partial<Omit<typeof editions.$inferInsert, 'practiceId' | 'id'>>
): Promise<void> {
  await tx
    .update(editions)
    .set(set)
    .where(and(eq(editions.practiceId, practice.id), eq(editions.id, id)))
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

/** What is in the way of these stretches, soonest first: a booking or an edition by its id, or a time off. */
export async function findTaken(
  tx: Transaction,
  { practice }: PracticeScope,
  resourceIds: readonly string[],
  stretches: readonly Stretch[]
): Promise<{ what: 'booking' | 'edition' | 'time off'; id: string; start: DateTime; end: DateTime }[]> {
  const wanted = stretches.map(({ start, end }) => `[${start.toISO()},${end.toISO()})`)
  const within = (during: string) =>
    sql`${sql.raw(during)} && any(${`{${wanted.map(one => `"${one}"`).join(',')}}`}::tstzrange[])`
  const those = sql`any(${`{${resourceIds.join(',')}}`}::uuid[])`
  const rows = await tx.execute<{
    what: 'booking' | 'edition' | 'time off'
    id: string
    start: string
    end: string
  }>(sql`
    select what, id, (extract(epoch from min(start)) * 1000)::text as start, (extract(epoch from max("end")) * 1000)::text as "end" from (
      select case when a.booking_id is null then 'edition' else 'booking' end as what, coalesce(a.booking_id, a.edition_id) as id,
        a.starts_at as start, a.ends_at as "end"
      from occupancy o join appointments a on a.practice_id = o.practice_id and a.id = o.appointment_id
      where o.practice_id = ${practice.id} and o.resource_id = ${those} and ${within('o.during')}
      union
      select 'time off', id, lower(during), upper(during) from time_off
      where practice_id = ${practice.id} and resource_id = ${those} and ${within('during')}) taken
    group by what, id order by min(start)`)
  return rows.map(({ start, end, ...row }) => ({
    ...row,
    start: instantOf(Number(start)),
    end: instantOf(Number(end))
  }))
}

/** Editions of all practices that have begun or ended and do not say so yet, or of which an offer is over. */
export async function findEditionsToKeep(
  db: Executor,
  now: DateTime
): Promise<{ practice: string; edition: string }[]> {
  const rows = await db.execute<{ practice: string; edition: string }>(sql`
    select practice_id as practice, edition_id as edition from (
      select w.practice_id, w.edition_id from ${offers} o join ${waitlistEntries} w on w.practice_id = o.practice_id and w.id = o.entry_id
        where o.state = 'open' and o.expires_at <= ${now.toISO()}
      union
      select a.practice_id, a.edition_id from ${appointments} a join ${editions} e on e.practice_id = a.practice_id and e.id = a.edition_id
        where a.who <> 'nobody' and a.starts_at <= ${now.toISO()} and e.state in ('open', 'full', 'closed')
      union
      select e.practice_id, e.id from ${editions} e where e.state = 'running' and not exists (
        select from ${appointments} a where a.practice_id = e.practice_id and a.edition_id = e.id
          and a.who <> 'nobody' and a.ends_at > ${now.toISO()})) due
    limit 200`)
  return [...rows]
}

const seconds = alias(resources, 'seconds')

function selectEditions(db: Executor, _scope: PracticeScope) {
  return db
    .select({
      edition: editions,
      type: { slug: sessionTypes.slug, public: sessionTypes.public },
      therapist: { slug: resources.slug, name: resources.name, personId: resources.personId, zone: resources.zone },
      second: { slug: seconds.slug, name: seconds.name, personId: seconds.personId, zone: seconds.zone },
      place: { slug: places.slug, name: places.name, roomId: places.roomId }
    })
    .from(editions)
    .innerJoin(
      sessionTypes,
      and(eq(sessionTypes.practiceId, editions.practiceId), eq(sessionTypes.id, editions.sessionTypeId))
    )
    .innerJoin(resources, and(eq(resources.practiceId, editions.practiceId), eq(resources.id, editions.therapistId)))
    .leftJoin(seconds, and(eq(seconds.practiceId, editions.practiceId), eq(seconds.id, editions.secondTherapistId)))
    .innerJoin(places, and(eq(places.practiceId, editions.practiceId), eq(places.id, editions.placeId)))
    .$dynamic()
}

function toEdition({
  edition,
  type,
  therapist,
  second,
  place
}: Awaited<ReturnType<typeof selectEditions>>[number]): FoundEdition {
  const { practiceId: _, decidedAt: __, ...own } = edition
  return { ...own, ...type, therapist: leader(therapist), second: second && leader(second), place }
}

function leader({ personId, ...rest }: Omit<Leader, 'personId'> & { personId: string | null }): Leader {
  return { ...rest, personId: personId ?? '' }
}
