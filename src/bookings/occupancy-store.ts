import { and, eq, inArray } from 'drizzle-orm'
import { appointments } from '../../db/schema/appointments.ts'
import { occupancy } from '../../db/schema/availability.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'

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
