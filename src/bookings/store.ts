import { and, asc, desc, eq, gte, inArray, isNull, lt, lte, ne, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { occupancy } from '../../db/schema/availability.ts'
import { acceptances, appointments, type BookingState, bookings, participants } from '../../db/schema/bookings.ts'
import { places, resources, sessionTypes, sessionTypeVersions } from '../../db/schema/catalog.ts'
import { clients, memberships } from '../../db/schema/clients.ts'
import type { Stretch } from '../../db/schema/columns.ts'
import { attempts, dues } from '../../db/schema/payments.ts'
import { withSteps } from '../catalog/plan.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { type Change, change, into, oneMore, type Rows, writeRows } from '../kernel/rows.ts'
import { statement } from '../kernel/statement.ts'
import { type Booking, isUnpaidHold, keeping } from './booking.ts'
import type { Holder } from './holder.ts'

export interface Laid {
  booking: Booking
  appointments: (typeof appointments.$inferInsert)[]
  participants: (typeof participants.$inferInsert)[]
  occupancy: (typeof occupancy.$inferInsert)[]
}

/** A new booking with its times. The exclusion constraint has the last word. */
export function bookingRows({ practice }: PracticeScope, laid: Laid, holder: Holder | undefined): Rows[] {
  const { price, ...booking } = laid.booking
  const { amount, currency } = price
  const consented = { termsVersion: booking.termsVersion, consentedAt: booking.createdAt }
  const row = { ...booking, ...consented, ...holder, practiceId: practice.id, price: amount, currency, rowVersion: 1 }
  return [
    into(bookings, row),
    into(appointments, ...laid.appointments),
    into(participants, ...laid.participants),
    into(occupancy, ...laid.occupancy)
  ]
}

/** One appointment more of a booking. The exclusion constraint has the last word. */
export async function insertLaid(
  tx: Transaction,
  laid: {
    appointment: typeof appointments.$inferInsert
    participants: (typeof participants.$inferInsert)[]
    occupancy: (typeof occupancy.$inferInsert)[]
  }
): Promise<void> {
  await tx.insert(appointments).values(laid.appointment)
  await tx.insert(participants).values(laid.participants)
  await tx.insert(occupancy).values(laid.occupancy)
}

export async function findBooking(db: Executor, { practice }: PracticeScope, id: string): Promise<Booking | undefined> {
  const [row] = await db
    .select()
    .from(bookings)
    .where(and(eq(bookings.practiceId, practice.id), eq(bookings.id, id)))
  return row && toBooking(row)
}

/** Locks the booking until the transaction ends: after its resources, before its dues. */
export async function lockBooking(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string
): Promise<Booking | undefined> {
  const [row] = await selectForUpdate(tx, { practice: practice.id, id })
  return row && toBooking(row)
}

const selectForUpdate = statement(['practice', 'id'], (db, { practice, id }) =>
  db
    .select()
    .from(bookings)
    .where(and(eq(bookings.practiceId, practice), eq(bookings.id, id)))
    .for('update')
    .prepare('lock_booking')
)

/** What a move changed. Whose hold it was is forgotten with the hold. */
export function bookingChange({ practice }: PracticeScope, booking: Booking): Change {
  const { id, state, confirmedAt, endedAt, holdUntil } = booking
  const forgotten = isUnpaidHold(state) ? {} : { browser: null, address: null }
  const set = { state, confirmedAt, endedAt, holdUntil, ...forgotten }
  return change(bookings, { practiceId: practice.id, id }, { ...set, rowVersion: oneMore })
}

export async function saveBooking(tx: Transaction, scope: PracticeScope, booking: Booking): Promise<void> {
  await writeRows(tx, [bookingChange(scope, booking)])
}

/** Which of these bookings keeps this start, if one of them does. */
export async function findKeeping(
  db: Executor,
  { practice }: PracticeScope,
  ids: readonly string[],
  start: DateTime
): Promise<string | undefined> {
  if (ids.length === 0) return undefined
  const [row] = await db
    .select({ id: bookings.id })
    .from(bookings)
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, bookings.practiceId), eq(appointments.bookingId, bookings.id))
    )
    .where(
      and(
        eq(bookings.practiceId, practice.id),
        inArray(bookings.id, [...ids]),
        inArray(bookings.state, [...keeping]),
        eq(appointments.startsAt, start)
      )
    )
  return row?.id
}

/** Therapists and rooms that a booking stands on: its own, whether it still keeps them or not. */
export async function findResources(db: Executor, { practice }: PracticeScope, id: string): Promise<string[]> {
  const [row] = await db
    .select({ therapist: bookings.therapistId, second: bookings.secondTherapistId, room: places.roomId })
    .from(bookings)
    .innerJoin(places, and(eq(places.practiceId, bookings.practiceId), eq(places.id, bookings.placeId)))
    .where(and(eq(bookings.practiceId, practice.id), eq(bookings.id, id)))
  return row ? [row.therapist, row.second, row.room].filter(resource => resource !== null) : []
}

export async function findAppointments(db: Executor, { practice }: PracticeScope, bookingId: string) {
  return db
    .select()
    .from(appointments)
    .where(and(eq(appointments.practiceId, practice.id), eq(appointments.bookingId, bookingId)))
    .orderBy(asc(appointments.ordinal))
}

/** Gives a booking's times free. */
export async function deleteOccupancy(tx: Transaction, { practice }: PracticeScope, bookingId: string): Promise<void> {
  await tx.delete(occupancy).where(
    and(
      eq(occupancy.practiceId, practice.id),
      inArray(
        occupancy.appointmentId,
        tx
          .select({ id: appointments.id })
          .from(appointments)
          .where(and(eq(appointments.practiceId, practice.id), eq(appointments.bookingId, bookingId)))
      )
    )
  )
}

export async function insertOccupancy(tx: Transaction, rows: (typeof occupancy.$inferInsert)[]): Promise<void> {
  await tx.insert(occupancy).values(rows)
}

export async function setAppointments(
  tx: Transaction,
  { practice }: PracticeScope,
  bookingId: string,
  state: 'planned' | 'cancelled'
): Promise<void> {
  await tx
    .update(appointments)
    .set({ state })
    .where(and(eq(appointments.practiceId, practice.id), eq(appointments.bookingId, bookingId)))
}

/**
 * When a participant's calendar entry was last revised, its DTSTAMP, in a query of participants and their bookings: by a
 * change of its own, or by the confirmation, which revises everybody's and leaves SEQUENCE.
 */
export const revisedAt = sql<DateTime>`greatest(${participants.revisedAt}, ${bookings.confirmedAt})`.mapWith(
  participants.revisedAt
)

/** Bookings whose hold is over and that stand in the way of these stretches, without a live payment attempt. */
export async function findOverdue(
  tx: Transaction,
  { practice }: PracticeScope,
  resourceIds: readonly string[],
  { start, end }: Stretch,
  now: DateTime
): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: bookings.id })
    .from(occupancy)
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, occupancy.practiceId), eq(appointments.id, occupancy.appointmentId))
    )
    .innerJoin(bookings, and(eq(bookings.practiceId, appointments.practiceId), eq(bookings.id, appointments.bookingId)))
    .where(
      and(
        eq(occupancy.practiceId, practice.id),
        inArray(occupancy.resourceId, [...resourceIds]),
        sql`${occupancy.during} && tstzrange(${start.toISO()}, ${end.toISO()})`,
        eq(bookings.state, 'held'),
        lte(bookings.holdUntil, now),
        sql`not exists (select 1 from ${dues} join ${attempts} on ${attempts.practiceId} = ${dues.practiceId} and ${attempts.dueId} = ${dues.id}
          where ${dues.practiceId} = ${bookings.practiceId} and ${dues.bookingId} = ${bookings.id}
          and ${attempts.state} in ('created', 'submitted', 'requires_action', 'authorised', 'unknown'))`
      )
    )
  return rows.map(row => row.id)
}

/** Bookings of all practices whose hold is over at `now`, or that are being released. */
export async function findDueHolds(db: Executor, now: DateTime): Promise<{ practice: string; booking: string }[]> {
  return db
    .select({ practice: bookings.practiceId, booking: bookings.id })
    .from(bookings)
    .where(
      and(
        inArray(bookings.state, ['held', 'releasing']),
        sql`(${bookings.state} = 'releasing' or ${lte(bookings.holdUntil, now)})`
      )
    )
    .orderBy(asc(bookings.holdUntil))
    .limit(200)
}

export function acceptanceRows(row: typeof acceptances.$inferInsert): Rows[] {
  return [into(acceptances, row)]
}

export async function findAcceptances(db: Executor, { practice }: PracticeScope, bookingId: string) {
  return db
    .select()
    .from(acceptances)
    .where(and(eq(acceptances.practiceId, practice.id), eq(acceptances.bookingId, bookingId)))
}

export async function answerAcceptance(
  tx: Transaction,
  { practice }: PracticeScope,
  bookingId: string,
  by: string,
  answer: 'accept' | 'decline',
  at: DateTime
): Promise<void> {
  await tx
    .update(acceptances)
    .set({ answer, at })
    .where(
      and(
        eq(acceptances.practiceId, practice.id),
        eq(acceptances.bookingId, bookingId),
        eq(acceptances.by, by),
        isNull(acceptances.answer)
      )
    )
}

/** Requested bookings of all practices whose deadline for a yes has passed. */
export async function findLapsed(db: Executor, now: DateTime): Promise<{ practice: string; booking: string }[]> {
  return db
    .selectDistinct({ practice: acceptances.practiceId, booking: acceptances.bookingId })
    .from(acceptances)
    .innerJoin(bookings, and(eq(bookings.practiceId, acceptances.practiceId), eq(bookings.id, acceptances.bookingId)))
    .where(and(eq(bookings.state, 'requested'), isNull(acceptances.answer), lte(acceptances.deadline, now)))
    .limit(200)
}

export interface ListFilter {
  from?: DateTime | undefined
  to?: DateTime | undefined
  state?: BookingState | undefined
  therapist?: string | undefined
  client?: string | undefined
  /** Booked by one of these persons, or they take part in it, or are asked whether they want to. */
  own?: readonly string[] | undefined
  after?: string | undefined
  limit: number
}

/** An appointment of a booking of theirs, unless it is an own step of the other of two: by a time nobody finds that. */
function isSeenBy(own: readonly string[]) {
  return sql`${appointments.who} <> case when ${inArray(bookings.bookerId, [...own])} then 'second' else 'first' end`
}

/** Booked by one of these persons, or they take part in it, or are asked whether they want to. */
function isOwnOf(db: Executor, practiceId: string, own: readonly string[]) {
  const attended = db
    .select({ id: sql<string>`${appointments.bookingId}` })
    .from(participants)
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, participants.practiceId), eq(appointments.id, participants.appointmentId))
    )
    .where(
      and(
        eq(participants.practiceId, practiceId),
        inArray(participants.personId, [...own]),
        isNull(participants.removedAt)
      )
    )
  const asked = db
    .select({ id: acceptances.bookingId })
    .from(acceptances)
    .where(and(eq(acceptances.practiceId, practiceId), inArray(acceptances.by, [...own]), isNull(acceptances.answer)))
  return or(inArray(bookings.bookerId, [...own]), inArray(bookings.id, attended), inArray(bookings.id, asked))
}

/** A booking of this therapist, alone or with another. */
function isOfTherapist(db: Executor, practiceId: string, slug: string) {
  const therapist = db
    .select({ id: resources.id })
    .from(resources)
    .where(and(eq(resources.practiceId, practiceId), eq(resources.slug, slug)))
  return or(inArray(bookings.therapistId, therapist), inArray(bookings.secondTherapistId, therapist))
}

/** What persons booked: its first start, for whoever is asked whether it is theirs. */
export async function listBookedBy(db: Executor, { practice }: PracticeScope, persons: readonly string[]) {
  const start = sql<DateTime>`min(${appointments.startsAt})`.mapWith(appointments.startsAt)
  const end = sql<DateTime>`max(${appointments.endsAt})`.mapWith(appointments.endsAt)
  return (
    db
      .select({ id: bookings.id, bookerId: bookings.bookerId, start, end })
      .from(bookings)
      .innerJoin(
        appointments,
        and(eq(appointments.practiceId, bookings.practiceId), eq(appointments.bookingId, bookings.id))
      )
      // Of an own step of the other of two nobody else learns when it is.
      .where(
        and(
          eq(bookings.practiceId, practice.id),
          inArray(bookings.bookerId, [...persons]),
          ne(appointments.who, 'second')
        )
      )
      .groupBy(bookings.id, bookings.bookerId)
      .orderBy(start, bookings.id)
  )
}

/** Bookings with an appointment in [from, to), newest id last; one more than the limit tells that there is a next page. */
export async function selectBookings(
  db: Executor,
  { practice }: PracticeScope,
  filter: ListFilter
): Promise<Booking[]> {
  const { from, to, state, therapist, client, own, after, limit } = filter
  const rows = await db
    .select()
    .from(bookings)
    .where(
      and(
        eq(bookings.practiceId, practice.id),
        state && eq(bookings.state, state),
        client ? eq(bookings.clientId, client) : undefined,
        own ? isOwnOf(db, practice.id, own) : undefined,
        therapist ? isOfTherapist(db, practice.id, therapist) : undefined,
        after ? sql`${bookings.id} > ${after}` : undefined,
        from || to
          ? inArray(
              bookings.id,
              db
                .select({ id: sql`${appointments.bookingId}` })
                .from(appointments)
                .where(
                  and(
                    eq(appointments.practiceId, practice.id),
                    from && gte(appointments.endsAt, from),
                    to && lt(appointments.startsAt, to),
                    own && isSeenBy(own)
                  )
                )
            )
          : undefined
      )
    )
    .orderBy(asc(bookings.id))
    .limit(limit + 1)
  return rows.map(toBooking)
}

const seconds = alias(resources, 'seconds')

/** What a booking's own rows do not say: its type in the version that was booked, therapists and place. */
export async function findBooked(db: Executor, { practice }: PracticeScope, id: string) {
  const [row] = await db
    .select({
      typeSlug: sessionTypes.slug,
      typeName: sessionTypeVersions.name,
      policy: sessionTypeVersions.policy,
      rules: sessionTypeVersions.rules,
      plan: sessionTypeVersions.plan,
      steps: bookings.steps,
      therapistSlug: resources.slug,
      therapistName: resources.name,
      therapistPerson: resources.personId,
      secondSlug: seconds.slug,
      secondPerson: seconds.personId,
      place: places,
      client: clients.kind
    })
    .from(bookings)
    .leftJoin(seconds, and(eq(seconds.practiceId, bookings.practiceId), eq(seconds.id, bookings.secondTherapistId)))
    .innerJoin(clients, and(eq(clients.practiceId, bookings.practiceId), eq(clients.id, bookings.clientId)))
    .innerJoin(
      sessionTypes,
      and(eq(sessionTypes.practiceId, bookings.practiceId), eq(sessionTypes.id, bookings.sessionTypeId))
    )
    .innerJoin(
      sessionTypeVersions,
      and(
        eq(sessionTypeVersions.practiceId, bookings.practiceId),
        eq(sessionTypeVersions.sessionTypeId, bookings.sessionTypeId),
        eq(sessionTypeVersions.version, bookings.version)
      )
    )
    .innerJoin(resources, and(eq(resources.practiceId, bookings.practiceId), eq(resources.id, bookings.therapistId)))
    .innerJoin(places, and(eq(places.practiceId, bookings.practiceId), eq(places.id, bookings.placeId)))
    .where(and(eq(bookings.practiceId, practice.id), eq(bookings.id, id)))
  return row && { ...row, plan: withSteps(row.plan, row.steps) }
}

/** Whose a booking is: who made it and who takes part, and who belonged to its client when it was made and still does. */
export async function findPeopleOf(
  db: Executor,
  { practice }: PracticeScope,
  id: string
): Promise<{ booker: string; parts: string[]; members: string[] }> {
  const here = and(eq(bookings.practiceId, practice.id), eq(bookings.id, id))
  const takesPart = db
    .selectDistinct({ person: participants.personId })
    .from(participants)
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, participants.practiceId), eq(appointments.id, participants.appointmentId))
    )
    .where(
      and(eq(participants.practiceId, practice.id), eq(appointments.bookingId, id), isNull(participants.removedAt))
    )
  const [[made], parts, members] = await Promise.all([
    db.select({ booker: bookings.bookerId }).from(bookings).where(here),
    takesPart,
    db
      .select({ person: memberships.personId })
      .from(memberships)
      .innerJoin(
        bookings,
        and(eq(bookings.practiceId, memberships.practiceId), eq(bookings.clientId, memberships.clientId))
      )
      .where(and(here, isNull(memberships.leftAt), lte(memberships.joinedAt, bookings.createdAt)))
  ])
  if (!made) throw new Error(`There is no booking ${id}`)
  const ids = (rows: { person: string }[]) => rows.map(({ person }) => person)
  return { booker: made.booker, parts: ids(parts), members: ids(members) }
}

/** Agenda: appointments of bookings in a stretch, soonest first. */
export async function findAgenda(
  db: Executor,
  { practice }: PracticeScope,
  { start, end }: Stretch,
  states: BookingState[]
) {
  return db
    .select({ appointment: appointments, booking: bookings })
    .from(appointments)
    .innerJoin(bookings, and(eq(bookings.practiceId, appointments.practiceId), eq(bookings.id, appointments.bookingId)))
    .where(
      and(
        eq(appointments.practiceId, practice.id),
        gte(appointments.endsAt, start),
        lt(appointments.startsAt, end),
        inArray(bookings.state, states)
      )
    )
    .orderBy(asc(appointments.startsAt), desc(bookings.id))
}

function toBooking({ price, currency, ...row }: typeof bookings.$inferSelect): Booking {
  const { id, clientId, bookerId, sessionTypeId, version, editionId, therapistId, secondTherapistId, placeId, state } =
    row
  const { createdAt, confirmedAt, endedAt, holdUntil, termsVersion, every, openEnded, pausedFrom, steps } = row
  return {
    id,
    clientId,
    bookerId,
    sessionTypeId,
    version,
    editionId,
    therapistId,
    secondTherapistId,
    placeId,
    state,
    createdAt,
    confirmedAt,
    endedAt,
    holdUntil,
    price: { amount: price, currency },
    termsVersion,
    every,
    openEnded,
    pausedFrom,
    steps
  }
}
