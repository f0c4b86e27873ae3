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

/** Who belongs to a client now. */
export async function findMembers(db: Executor, { practice }: PracticeScope, clientId: string) {
  return db
    .select()
    .from(memberships)
    .where(and(eq(memberships.practiceId, practice.id), eq(memberships.clientId, clientId), isNull(memberships.leftAt)))
}

/** The other member of a couple now, for whoever of it has these ids. */
export async function findOther(
  db: Executor,
  scope: PracticeScope,
  clientId: string,
  own: readonly string[]
): Promise<string | undefined> {
  return (await findMembers(db, scope, clientId)).find(({ personId }) => !own.includes(personId))?.personId
}

/** Locked against its end: the open client of a kind to which one of these persons belongs now, the newest first. */
export async function findClientOf(
  db: Transaction,
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
    // Who leaves in this moment waits, or was first: nothing is booked for a couple that has ended.
    .for('share', { of: clients })
  return row?.id
}
