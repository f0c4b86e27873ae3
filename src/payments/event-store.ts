import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm'
import { stripeEvents } from '../../db/schema/payments.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

/** Puts an event into the inbox. Answers whether it is the first time. */
export async function insertStripeEvent(tx: Transaction, row: typeof stripeEvents.$inferInsert): Promise<boolean> {
  const added = await tx.insert(stripeEvents).values(row).onConflictDoNothing().returning({ id: stripeEvents.id })
  return added.length > 0
}

export async function findStripeEvent(db: Executor, id: string) {
  const [row] = await db.select().from(stripeEvents).where(eq(stripeEvents.id, id))
  return row
}

export async function lockStripeEvent(tx: Transaction, id: string) {
  const [row] = await tx.select().from(stripeEvents).where(eq(stripeEvents.id, id)).for('update')
  return row
}

export async function updateStripeEvent(
  db: Executor,
  id: string,
  set: Partial<Pick<typeof stripeEvents.$inferInsert, 'processedAt' | 'triedAt' | 'foreign'>>
): Promise<void> {
  await db.update(stripeEvents).set(set).where(eq(stripeEvents.id, id))
}

/** Events that were received before `at` and not processed: what was tried least lately comes first. */
export async function findUnprocessed(
  db: Executor,
  at: (typeof stripeEvents.$inferInsert)['receivedAt']
): Promise<string[]> {
  const rows = await db
    .select({ id: stripeEvents.id })
    .from(stripeEvents)
    .where(and(isNull(stripeEvents.processedAt), lt(stripeEvents.receivedAt, at)))
    .orderBy(sql`${stripeEvents.triedAt} nulls first`, asc(stripeEvents.receivedAt))
    .limit(100)
  return rows.map(row => row.id)
}
