import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import { clients, consents, memberships } from '../../db/schema/clients.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { into, type Rows } from '../kernel/rows.ts'

export function clientRows(client: typeof clients.$inferInsert, first: typeof memberships.$inferInsert): Rows[] {
  return [into(clients, client), into(memberships, first)]
}

export function consentRows(row: typeof consents.$inferInsert): Rows[] {
  return [into(consents, row)]
}

/** Whether one of these persons belongs to a client now. */
export async function isMember(
  db: Executor,
  { practice }: PracticeScope,
  clientId: string,
  persons: readonly string[]
): Promise<boolean> {
  const rows = await db
    .select({ person: memberships.personId })
    .from(memberships)
    .where(
      and(
        eq(memberships.practiceId, practice.id),
        eq(memberships.clientId, clientId),
        inArray(memberships.personId, [...persons]),
        isNull(memberships.leftAt)
      )
    )
    .limit(1)
  return rows.length > 0
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
