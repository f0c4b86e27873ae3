import { and, asc, eq } from 'drizzle-orm'
import { occupancy } from '../../db/schema/availability.ts'
import { appointments, participants } from '../../db/schema/bookings.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

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
