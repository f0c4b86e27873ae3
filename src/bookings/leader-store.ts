import { and, eq, inArray, notInArray } from 'drizzle-orm'
import { participants } from '../../db/schema/appointments.ts'
import { occupancy } from '../../db/schema/availability.ts'
import { bookings } from '../../db/schema/bookings.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'

/** What these blocks take of one resource. */
export async function listStretches(
  tx: Transaction,
  { practice }: PracticeScope,
  blocks: readonly string[],
  resource: string
): Promise<(typeof occupancy.$inferSelect)[]> {
  return tx
    .select()
    .from(occupancy)
    .where(
      and(
        eq(occupancy.practiceId, practice.id),
        inArray(occupancy.appointmentId, [...blocks]),
        eq(occupancy.resourceId, resource)
      )
    )
}

export async function insertLeader(
  tx: Transaction,
  taken: (typeof occupancy.$inferInsert)[],
  there: (typeof participants.$inferInsert)[]
): Promise<void> {
  await tx.insert(occupancy).values(taken)
  await tx.insert(participants).values(there)
}

/** Gives one therapist's time of these blocks free, and takes the blocks out of their calendar. */
export async function dropLeader(
  tx: Transaction,
  { practice }: PracticeScope,
  blocks: readonly string[],
  { resource, person }: { resource: string; person: string }
): Promise<void> {
  await tx
    .delete(occupancy)
    .where(
      and(
        eq(occupancy.practiceId, practice.id),
        inArray(occupancy.appointmentId, [...blocks]),
        eq(occupancy.resourceId, resource)
      )
    )
  await tx
    .delete(participants)
    .where(
      and(
        eq(participants.practiceId, practice.id),
        inArray(participants.appointmentId, [...blocks]),
        eq(participants.personId, person)
      )
    )
}

/** The couples' bookings of an edition are given by those who lead it; also what has run out and may still be paid. */
export async function setSeconds(
  tx: Transaction,
  { practice }: PracticeScope,
  editionId: string,
  secondTherapistId: string | null
): Promise<void> {
  await tx
    .update(bookings)
    .set({ secondTherapistId })
    .where(
      and(
        eq(bookings.practiceId, practice.id),
        eq(bookings.editionId, editionId),
        notInArray(bookings.state, ['declined', 'cancelled'])
      )
    )
}
