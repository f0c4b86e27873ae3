import { and, eq, inArray } from 'drizzle-orm'
import { feeds } from '../../db/schema/calendars.ts'
import { codes, contactPoints, links, people, sessions } from '../../db/schema/identity.ts'
import { messages } from '../../db/schema/notices.ts'
import type { Transaction } from '../kernel/database.ts'
import type { PracticeScope } from './practice.ts'

/**
 * Deletes persons who are nothing here but an address that was typed, with what is kept of them: nobody proved it, and no
 * client, booking or answer names them any more.
 */
export async function deletePeople(
  tx: Transaction,
  { practice }: Pick<PracticeScope, 'practice'>,
  persons: readonly string[]
): Promise<void> {
  const those = [...persons]
  if (those.length === 0) return
  for (const table of [messages, codes, links, feeds, sessions, contactPoints])
    await tx.delete(table).where(and(eq(table.practiceId, practice.id), inArray(table.personId, those)))
  await tx.delete(people).where(and(eq(people.practiceId, practice.id), inArray(people.id, those)))
}
