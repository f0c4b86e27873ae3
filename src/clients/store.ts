import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
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

/** The open client of a kind to which one of these persons belongs now, the newest first. */
export async function findClientOf(
  db: Executor,
  { practice }: PracticeScope,
  persons: readonly string[],
  kind: 'individual' | 'couple'
): Promise<string | undefined> {
  const [row] = await db
    .select({ id: clients.id })
    .from(memberships)
    .innerJoin(clients, and(eq(clients.practiceId, memberships.practiceId), eq(clients.id, memberships.clientId)))
    .where(
      and(
        eq(memberships.practiceId, practice.id),
        inArray(memberships.personId, [...persons]),
        eq(memberships.kind, kind),
        isNull(memberships.leftAt),
        isNull(clients.closedAt)
      )
    )
    .orderBy(desc(memberships.joinedAt), desc(clients.id))
    .limit(1)
  return row?.id
}
