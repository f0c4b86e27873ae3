import { and, desc, eq, gte, inArray, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { appointments, participants } from '../../db/schema/appointments.ts'
import { bookings } from '../../db/schema/bookings.ts'
import { sessionTypeVersions } from '../../db/schema/catalog.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'

/** One appointment that somebody had, or is to have, alone with a therapist. */
export interface PrivateTalk {
  start: DateTime
  /** Null until somebody has said whether they came. */
  attendance: 'attended' | 'absent' | null
}

/** What this person booked for themselves alone with one of these therapists since then, the latest first. */
export async function listPrivateTalks(
  db: Executor,
  { practice }: PracticeScope,
  own: readonly string[],
  therapists: readonly string[],
  since: DateTime
): Promise<PrivateTalk[]> {
  return db
    .select({ start: appointments.startsAt, attendance: participants.attendance })
    .from(bookings)
    .innerJoin(
      sessionTypeVersions,
      and(
        eq(sessionTypeVersions.practiceId, bookings.practiceId),
        eq(sessionTypeVersions.sessionTypeId, bookings.sessionTypeId),
        eq(sessionTypeVersions.version, bookings.version)
      )
    )
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, bookings.practiceId), eq(appointments.bookingId, bookings.id))
    )
    .innerJoin(
      participants,
      and(
        eq(participants.practiceId, appointments.practiceId),
        eq(participants.appointmentId, appointments.id),
        eq(participants.personId, bookings.bookerId)
      )
    )
    .where(
      and(
        eq(bookings.practiceId, practice.id),
        inArray(bookings.bookerId, [...own]),
        inArray(bookings.therapistId, [...therapists]),
        inArray(bookings.state, ['confirmed', 'completed', 'no_show']),
        inArray(appointments.state, ['planned', 'done', 'missed']),
        gte(appointments.startsAt, since),
        // Alone: no segment of the plan asks anybody else in.
        sql`not jsonb_path_exists(${sessionTypeVersions.plan}, '$.segments[*] ? (@.who != "first")')`
      )
    )
    .orderBy(desc(appointments.startsAt))
}
