import { and, eq, isNull } from 'drizzle-orm'
import { clients, consents, memberships } from '../../db/schema/clients.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

export async function insertClient(tx: Transaction, row: typeof clients.$inferInsert): Promise<void> {
  await tx.insert(clients).values(row)
}

export async function insertMembership(tx: Transaction, row: typeof memberships.$inferInsert): Promise<void> {
  await tx.insert(memberships).values(row)
}

export async function insertConsent(tx: Transaction, row: typeof consents.$inferInsert): Promise<void> {
  await tx.insert(consents).values(row)
}

/** Who belongs to a client now. */
export async function findMembers(db: Executor, { practice }: PracticeScope, clientId: string) {
  return db
    .select()
    .from(memberships)
    .where(and(eq(memberships.practiceId, practice.id), eq(memberships.clientId, clientId), isNull(memberships.leftAt)))
}
