import { and, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { partnerCalls } from '../../db/schema/partners.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { into, type Rows } from '../kernel/rows.ts'

/** Notes that a client began with a call from a partner's page. */
export function partnerCallRows({ practice }: PracticeScope, clientId: string, createdAt: DateTime): Rows[] {
  return [into(partnerCalls, { practiceId: practice.id, clientId, createdAt })]
}

/** Which of these clients came by a partner's page, and since when the practice knows who they are. */
export async function listPartnerCalls(db: Executor, { practice }: PracticeScope, clients: readonly string[]) {
  if (clients.length === 0) return []
  return db
    .select()
    .from(partnerCalls)
    .where(and(eq(partnerCalls.practiceId, practice.id), inArray(partnerCalls.clientId, [...clients])))
}

export async function setSpoken(tx: Transaction, { practice }: PracticeScope, clientId: string, spokenAt: DateTime) {
  await tx
    .update(partnerCalls)
    .set({ spokenAt })
    .where(and(eq(partnerCalls.practiceId, practice.id), eq(partnerCalls.clientId, clientId)))
}
