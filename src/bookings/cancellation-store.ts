import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { cancellationQuotes, cancellations } from '../../db/schema/cancellations.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { statement } from '../kernel/statement.ts'

/** Since when what this reader was shown of a cancellation holds; a new quote where the last is over. */
export async function keepQuote(
  db: Executor,
  { practice }: PracticeScope,
  bookingId: string,
  reader: string,
  quotedAt: DateTime,
  validUntil: DateTime
): Promise<{ quotedAt: DateTime; validUntil: DateTime }> {
  const quote = { quotedAt, validUntil }
  await db
    .insert(cancellationQuotes)
    .values({ practiceId: practice.id, bookingId, reader, ...quote })
    .onConflictDoUpdate({
      target: [cancellationQuotes.practiceId, cancellationQuotes.bookingId, cancellationQuotes.reader],
      set: quote,
      setWhere: lte(cancellationQuotes.validUntil, quotedAt)
    })
  return (await findQuote(db, { practice }, bookingId, reader)) ?? quote
}

export async function findQuote(
  db: Executor,
  { practice }: Pick<PracticeScope, 'practice'>,
  bookingId: string,
  reader: string
): Promise<{ quotedAt: DateTime; validUntil: DateTime } | undefined> {
  const [row] = await db
    .select({ quotedAt: cancellationQuotes.quotedAt, validUntil: cancellationQuotes.validUntil })
    .from(cancellationQuotes)
    .where(
      and(
        eq(cancellationQuotes.practiceId, practice.id),
        eq(cancellationQuotes.bookingId, bookingId),
        eq(cancellationQuotes.reader, reader)
      )
    )
  return row
}

export async function insertCancellation(tx: Transaction, row: typeof cancellations.$inferInsert): Promise<void> {
  await tx.insert(cancellations).values(row)
}

export async function findCancellation(db: Executor, { practice }: PracticeScope, bookingId: string) {
  const [row] = await selectCancellation(db, { practice: practice.id, bookingId })
  return row
}

const selectCancellation = statement(['practice', 'bookingId'], (db, { practice, bookingId }) =>
  db
    .select()
    .from(cancellations)
    .where(and(eq(cancellations.practiceId, practice), eq(cancellations.bookingId, bookingId)))
    .prepare('find_cancellation')
)

/** Cancellations of all practices whose fee nobody decided on by `now`. */
export async function findUndecided(db: Executor, now: DateTime): Promise<{ practice: string; booking: string }[]> {
  return db
    .select({ practice: cancellations.practiceId, booking: cancellations.bookingId })
    .from(cancellations)
    .where(and(isNull(cancellations.decision), lte(cancellations.decideBy, now)))
    .limit(200)
}

/** Writes down what became of a late fee; what of it goes back is none any more. */
export async function saveDecision(
  tx: Transaction,
  { practice }: PracticeScope,
  bookingId: string,
  decision: NonNullable<(typeof cancellations.$inferSelect)['decision']>,
  back: number,
  decidedAt: DateTime
): Promise<void> {
  await tx
    .update(cancellations)
    .set({
      decision,
      decidedAt,
      refund: sql`${cancellations.refund} + ${back}`,
      fee: sql`${cancellations.fee} - ${back}`
    })
    .where(and(eq(cancellations.practiceId, practice.id), eq(cancellations.bookingId, bookingId)))
}

/** What comes back after all of a booking that was let go. */
export async function addRefund(tx: Transaction, { practice }: PracticeScope, bookingId: string, amount: number) {
  await tx
    .update(cancellations)
    .set({ refund: sql`${cancellations.refund} + ${amount}` })
    .where(and(eq(cancellations.practiceId, practice.id), eq(cancellations.bookingId, bookingId)))
}

/** So much of what was kept goes back after all. */
export async function addBack(tx: Transaction, { practice }: PracticeScope, bookingId: string, back: number) {
  await tx
    .update(cancellations)
    .set({ refund: sql`${cancellations.refund} + ${back}`, fee: sql`${cancellations.fee} - ${back}` })
    .where(and(eq(cancellations.practiceId, practice.id), eq(cancellations.bookingId, bookingId)))
}
