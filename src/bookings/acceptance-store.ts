import { and, eq, inArray, isNull, lte } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { acceptanceLinks, acceptances, bookings } from '../../db/schema/bookings.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { into, type Rows } from '../kernel/rows.ts'

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

export function acceptanceRows(row: typeof acceptances.$inferInsert): Rows[] {
  return [into(acceptances, row)]
}

export async function findAcceptances(db: Executor, { practice }: PracticeScope, bookingId: string) {
  return db
    .select()
    .from(acceptances)
    .where(and(eq(acceptances.practiceId, practice.id), eq(acceptances.bookingId, bookingId)))
}

export async function answerAcceptance(
  tx: Transaction,
  { practice }: PracticeScope,
  bookingId: string,
  by: string,
  answer: 'accept' | 'decline',
  at: DateTime
): Promise<void> {
  await tx
    .update(acceptances)
    .set({ answer, at })
    .where(
      and(
        eq(acceptances.practiceId, practice.id),
        eq(acceptances.bookingId, bookingId),
        eq(acceptances.by, by),
        isNull(acceptances.answer)
      )
    )
}

/** Requested bookings of all practices whose deadline for a yes has passed. */
export async function findLapsed(db: Executor, now: DateTime): Promise<{ practice: string; booking: string }[]> {
  return db
    .selectDistinct({ practice: acceptances.practiceId, booking: acceptances.bookingId })
    .from(acceptances)
    .innerJoin(bookings, and(eq(bookings.practiceId, acceptances.practiceId), eq(bookings.id, acceptances.bookingId)))
    .where(and(eq(bookings.state, 'requested'), isNull(acceptances.answer), lte(acceptances.deadline, now)))
    .limit(200)
}
