import { and, eq, inArray, isNull, max, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { appointments, participants } from '../../db/schema/appointments.ts'
import { bookings } from '../../db/schema/bookings.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

export async function insertParticipants(tx: Transaction, rows: (typeof participants.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(participants).values(rows)
}

/** Who takes part in a booking's appointments, the therapist among them; who left is not there any more. */
export async function listParticipants(db: Executor, { practice }: PracticeScope, bookingId: string) {
  const rows = await db
    .select({ participant: participants })
    .from(participants)
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, participants.practiceId), eq(appointments.id, participants.appointmentId))
    )
    .where(and(eq(participants.practiceId, practice.id), eq(appointments.bookingId, bookingId)))
  return rows.map(({ participant }) => participant).filter(({ removedAt }) => removedAt === null)
}

/**
 * When a participant's calendar entry was last revised, its DTSTAMP, in a query of participants and their bookings: by a
 * change of its own, or by the confirmation, which revises everybody's and leaves SEQUENCE.
 */
export const revisedAt = sql<DateTime>`greatest(${participants.revisedAt}, ${bookings.confirmedAt})`.mapWith(
  participants.revisedAt
)

/** A change that calendars must hear of: everybody who takes part in these appointments gets a higher SEQUENCE. */
export async function reviseParticipants(
  tx: Transaction,
  { practice }: PracticeScope,
  appointmentIds: readonly string[],
  revisedAt: DateTime
): Promise<void> {
  await tx
    .update(participants)
    .set({ sequence: sql`${participants.sequence} + 1`, revisedAt })
    .where(
      and(
        eq(participants.practiceId, practice.id),
        inArray(participants.appointmentId, [...appointmentIds]),
        isNull(participants.removedAt)
      )
    )
}

/** The highest SEQUENCE among those who take part. */
export async function findSequence(db: Executor, { practice }: PracticeScope, appointmentId: string): Promise<number> {
  const [row] = await db
    .select({ sequence: max(participants.sequence) })
    .from(participants)
    .where(and(eq(participants.practiceId, practice.id), eq(participants.appointmentId, appointmentId)))
  return row?.sequence ?? 0
}
