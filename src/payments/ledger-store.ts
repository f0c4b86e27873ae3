import { and, eq, sql } from 'drizzle-orm'
import { dues, ledger } from '../../db/schema/payments.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { intoOnce, type Rows } from '../kernel/rows.ts'

/** Appends a line, once for each Stripe object and kind of entry. Answers whether it was new. */
export async function appendLedger(tx: Transaction, row: typeof ledger.$inferInsert): Promise<boolean> {
  const added = await tx
    .insert(ledger)
    .values(row)
    .onConflictDoNothing({ target: [ledger.practiceId, ledger.entry, ledger.stripeId] })
    .returning({ id: ledger.id })
  return added.length > 0
}

/** The same for who writes it together with other rows. */
export function ledgerRows(row: typeof ledger.$inferInsert): Rows {
  return intoOnce(ledger, row)
}

/** What a booking's payers have paid less what went back, in minor units: computed from the ledger. */
export async function paidOf(db: Executor, { practice }: PracticeScope, bookingId: string): Promise<number> {
  const [row] = await db
    .select({ paid: sql<string>`coalesce(sum(${ledger.amount}), 0)` })
    .from(ledger)
    .innerJoin(dues, and(eq(dues.practiceId, ledger.practiceId), eq(dues.id, ledger.dueId)))
    .where(and(eq(ledger.practiceId, practice.id), eq(dues.bookingId, bookingId)))
  return Number(row?.paid ?? 0)
}
