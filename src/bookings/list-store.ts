import { and, asc, desc, eq, gte, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { appointments, participants } from '../../db/schema/appointments.ts'
import { acceptances, type BookingState, bookings } from '../../db/schema/bookings.ts'
import { resources } from '../../db/schema/catalog.ts'
import type { Stretch } from '../../db/schema/columns.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Booking } from './booking.ts'
import { toBooking } from './store.ts'

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
