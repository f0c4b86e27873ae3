import { and, asc, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { appointments, participants } from '../../db/schema/appointments.ts'
import { occupancy } from '../../db/schema/availability.ts'
import { dues } from '../../db/schema/payments.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { reviseParticipants } from './participant-store.ts'

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

export async function findAppointments(db: Executor, { practice }: PracticeScope, bookingId: string) {
  return db
    .select()
    .from(appointments)
    .where(and(eq(appointments.practiceId, practice.id), eq(appointments.bookingId, bookingId)))
    .orderBy(asc(appointments.ordinal))
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

/** Appointments that will not be: their times are free, and calendars hear of it. */
export async function dropAppointments(
  tx: Transaction,
  scope: PracticeScope,
  ids: readonly string[],
  { at, ...set }: { state: 'cancelled' | 'skipped'; price?: number; at: DateTime }
): Promise<void> {
  const practiceId = scope.practice.id
  await tx
    .delete(occupancy)
    .where(and(eq(occupancy.practiceId, practiceId), inArray(occupancy.appointmentId, [...ids])))
  await tx
    .update(appointments)
    .set(set)
    .where(and(eq(appointments.practiceId, practiceId), inArray(appointments.id, [...ids])))
  await reviseParticipants(tx, scope, ids, at)
}

/** What was let fall stands again. */
export async function setPlanned(tx: Transaction, { practice }: PracticeScope, ids: readonly string[]): Promise<void> {
  await tx
    .update(appointments)
    .set({ state: 'planned' })
    .where(and(eq(appointments.practiceId, practice.id), inArray(appointments.id, [...ids])))
}

export async function findAppointment(db: Executor, { practice }: PracticeScope, id: string) {
  const [row] = await db
    .select()
    .from(appointments)
    .where(and(eq(appointments.practiceId, practice.id), eq(appointments.id, id)))
  return row
}

/** An appointment at its new time, and what it takes there. */
export interface Relaid {
  id: string
  times: Pick<typeof appointments.$inferInsert, 'startsAt' | 'endsAt' | 'movedAt' | 'movedFrom' | 'moves'>
  taken: (typeof occupancy.$inferInsert)[]
}

/**
 * Lays appointments at their new times. All old rows go before the new ones come: else they would collide with themselves.
 * What is owed of one by itself is owed on its new day.
 */
export async function relayAppointments(
  tx: Transaction,
  { practice }: PracticeScope,
  relaid: readonly Relaid[]
): Promise<void> {
  const ids = relaid.map(({ id }) => id)
  await tx.delete(occupancy).where(and(eq(occupancy.practiceId, practice.id), inArray(occupancy.appointmentId, ids)))
  for (const { id, times } of relaid)
    await tx
      .update(appointments)
      .set(times)
      .where(and(eq(appointments.practiceId, practice.id), eq(appointments.id, id)))
  for (const { id, times } of relaid)
    await tx
      .update(dues)
      .set({ dueAt: times.startsAt })
      .where(and(eq(dues.practiceId, practice.id), eq(dues.appointmentId, id), eq(dues.state, 'scheduled')))
  await tx.insert(occupancy).values(relaid.flatMap(({ taken }) => taken))
}
