import { and, desc, eq, exists, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { clients, consents, memberships } from '../../db/schema/clients.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { into, type Rows } from '../kernel/rows.ts'

export function clientRows(
  client: typeof clients.$inferInsert,
  ...members: (typeof memberships.$inferInsert)[]
): Rows[] {
  return [into(clients, client), into(memberships, ...members)]
}

export async function insertMembership(tx: Transaction, row: typeof memberships.$inferInsert): Promise<void> {
  await tx.insert(memberships).values(row)
}

export function consentRows(row: typeof consents.$inferInsert): Rows[] {
  return [into(consents, row)]
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

/**
 * Locked against its end: the open client of a kind to which one of these persons belongs now. That to which somebody else
 * belongs too comes first, as what one person asked for alone has a client of its own; then the newest.
 */
export async function findClientOf(
  db: Transaction,
  { practice }: PracticeScope,
  persons: readonly string[],
  kind: 'individual' | 'couple'
): Promise<string | undefined> {
  const others = alias(memberships, 'others')
  const isShared = db
    .select({ one: sql`1` })
    .from(others)
    .where(
      and(
        eq(others.practiceId, memberships.practiceId),
        eq(others.clientId, memberships.clientId),
        notInArray(others.personId, [...persons]),
        isNull(others.leftAt)
      )
    )
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
    .orderBy(desc(exists(isShared)), desc(memberships.joinedAt), desc(clients.id))
    .limit(1)
    // Who leaves in this moment waits, or was first: nothing is booked for a couple that has ended.
    .for('share', { of: clients })
  return row?.id
}
