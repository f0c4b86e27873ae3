import { and, eq, inArray, isNull, lte } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { appointments, participants } from '../../db/schema/appointments.ts'
import { occupancy } from '../../db/schema/availability.ts'
import { bookings } from '../../db/schema/bookings.ts'
import { places, resources, sessionTypes, sessionTypeVersions } from '../../db/schema/catalog.ts'
import { clients, memberships } from '../../db/schema/clients.ts'
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
      state: bookings.state,
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

/** A booking as the rules know it, from its row. */
export function toBooking({ price, currency, ...row }: typeof bookings.$inferSelect): Booking {
  const { id, clientId, bookerId, sessionTypeId, version, editionId, therapistId, secondTherapistId, placeId, state } =
    row
  const { createdAt, confirmedAt, endedAt, holdUntil, termsVersion, every, openEnded, pausedFrom, steps } = row
  const { byPractice } = row
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
    byPractice,
    pausedFrom,
    steps
  }
}
