import { and, eq, inArray } from 'drizzle-orm'
import { acceptanceLinks, acceptances, appointments, participants } from '../../db/schema/bookings.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

export async function insertAcceptanceLink(tx: Transaction, row: typeof acceptanceLinks.$inferInsert): Promise<void> {
  await tx.insert(acceptanceLinks).values(row)
}

/** The booking whose link has this hash, if there is one. */
export async function findLinkedBooking(
  db: Executor,
  { practice }: PracticeScope,
  tokenHash: Buffer
): Promise<string | undefined> {
  const [row] = await db
    .select({ booking: acceptanceLinks.bookingId })
    .from(acceptanceLinks)
    .where(and(eq(acceptanceLinks.practiceId, practice.id), eq(acceptanceLinks.tokenHash, tokenHash)))
  return row?.booking
}

/** A booking's link as it is kept: sealed. */
export async function findSealedLink(
  db: Executor,
  { practice }: PracticeScope,
  bookingId: string
): Promise<Buffer | undefined> {
  const [row] = await db
    .select({ link: acceptanceLinks.link })
    .from(acceptanceLinks)
    .where(and(eq(acceptanceLinks.practiceId, practice.id), eq(acceptanceLinks.bookingId, bookingId)))
  return row?.link
}

/** The yes that the other gives of several bookings, by the booking. */
export async function listAcceptances(db: Executor, { practice }: PracticeScope, bookingIds: readonly string[]) {
  if (bookingIds.length === 0) return []
  return db
    .select()
    .from(acceptances)
    .where(and(eq(acceptances.practiceId, practice.id), inArray(acceptances.bookingId, [...bookingIds])))
}

/** What the other says, whatever they had said before: who said yes may still say no. */
export async function setAnswer(
  tx: Transaction,
  { practice }: PracticeScope,
  { bookingId, by, answer, at }: Pick<typeof acceptances.$inferInsert, 'bookingId' | 'by' | 'answer' | 'at'>
): Promise<void> {
  await tx
    .update(acceptances)
    .set({ answer, at })
    .where(and(eq(acceptances.practiceId, practice.id), eq(acceptances.bookingId, bookingId), eq(acceptances.by, by)))
}

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
