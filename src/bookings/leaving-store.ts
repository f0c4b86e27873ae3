import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, notExists } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { appointments, type BookingState, bookings } from '../../db/schema/bookings.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'

/** Appointments of a client's bookings in these states, none of which has begun, soonest first. */
export async function listAhead(
  db: Executor,
  { practice }: PracticeScope,
  clientId: string,
  states: readonly BookingState[],
  now: DateTime
) {
  const begun = alias(appointments, 'begun')
  return db
    .select({ booking: bookings.id, start: appointments.startsAt, end: appointments.endsAt })
    .from(bookings)
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, bookings.practiceId), eq(appointments.bookingId, bookings.id))
    )
    .where(
      and(
        eq(bookings.practiceId, practice.id),
        eq(bookings.clientId, clientId),
        inArray(bookings.state, [...states]),
        eq(appointments.state, 'planned'),
        gt(appointments.startsAt, now),
        notExists(
          db
            .select({ id: begun.id })
            .from(begun)
            .where(
              and(
                eq(begun.practiceId, bookings.practiceId),
                eq(begun.bookingId, bookings.id),
                eq(begun.state, 'planned'),
                // What stands apart is called off one by one: that the first has begun keeps none of the others.
                isNull(begun.price),
                lte(begun.startsAt, now)
              )
            )
        )
      )
    )
    .orderBy(asc(appointments.startsAt))
}

/** A client's series that pause: they keep no time, and are ahead all the same. */
export async function listPausing(db: Executor, { practice }: PracticeScope, clientId: string): Promise<string[]> {
  const rows = await db
    .select({ id: bookings.id })
    .from(bookings)
    .where(
      and(
        eq(bookings.practiceId, practice.id),
        eq(bookings.clientId, clientId),
        eq(bookings.state, 'confirmed'),
        isNotNull(bookings.pausedFrom)
      )
    )
  return rows.map(({ id }) => id)
}
