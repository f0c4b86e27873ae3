import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { bookings } from '../../db/schema/bookings.ts'
import { attempts, dues, refunds } from '../../db/schema/payments.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

/** Whose refund it is, in any practice. */
export async function findRefundOwner(
  db: Executor,
  stripeId: string
): Promise<{ practice: string; refund: string } | undefined> {
  const [row] = await db
    .select({ practice: refunds.practiceId, refund: refunds.id })
    .from(refunds)
    .where(eq(refunds.stripeId, stripeId))
  return row
}

export async function insertRefund(tx: Transaction, row: typeof refunds.$inferInsert): Promise<void> {
  await tx.insert(refunds).values(row)
}

export async function findRefund(db: Executor, { practice }: PracticeScope, id: string) {
  const [row] = await db
    .select({ refund: refunds, attempt: attempts, due: dues, bookingId: bookings.id, bookerId: bookings.bookerId })
    .from(refunds)
    .innerJoin(attempts, and(eq(attempts.practiceId, refunds.practiceId), eq(attempts.id, refunds.attemptId)))
    .innerJoin(dues, and(eq(dues.practiceId, attempts.practiceId), eq(dues.id, attempts.dueId)))
    .innerJoin(bookings, and(eq(bookings.practiceId, dues.practiceId), eq(bookings.id, dues.bookingId)))
    .where(and(eq(refunds.practiceId, practice.id), eq(refunds.id, id)))
  return row
}

/** What of an attempt was asked back and did not fail, in minor units. */
export async function refundedOf(tx: Executor, { practice }: PracticeScope, attemptId: string): Promise<number> {
  const [row] = await tx
    .select({ sum: sql<string>`coalesce(sum(${refunds.amount}), 0)` })
    .from(refunds)
    .where(
      and(eq(refunds.practiceId, practice.id), eq(refunds.attemptId, attemptId), sql`${refunds.state} <> 'failed'`)
    )
  return Number(row?.sum ?? 0)
}

/** Refunds of all practices that Stripe has not settled yet: what was asked for least lately comes first. */
export async function findOpenRefunds(db: Executor): Promise<{ practice: string; refund: string }[]> {
  return db
    .select({ practice: refunds.practiceId, refund: refunds.id })
    .from(refunds)
    .where(inArray(refunds.state, ['requested', 'submitted', 'pending']))
    .orderBy(sql`${refunds.askedAt} nulls first`, asc(refunds.createdAt))
    .limit(100)
}

/** Locks a refund until the transaction ends. @returns the state in which it is */
export async function lockRefund(tx: Transaction, { practice }: PracticeScope, id: string) {
  const [row] = await tx
    .select({ state: refunds.state })
    .from(refunds)
    .where(and(eq(refunds.practiceId, practice.id), eq(refunds.id, id)))
    .for('update')
  return row?.state
}

export async function updateRefund(
  db: Executor,
  { practice }: PracticeScope,
  id: string,
  set: Partial<typeof refunds.$inferInsert>
): Promise<void> {
  await db
    .update(refunds)
    .set(set)
    .where(and(eq(refunds.practiceId, practice.id), eq(refunds.id, id)))
}
