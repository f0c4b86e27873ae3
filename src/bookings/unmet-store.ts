import { and, asc, eq, inArray } from 'drizzle-orm'
import { notMeet } from '../../db/schema/not-meet.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

export type NotMeetRow = typeof notMeet.$inferSelect

/** What is there already was written by an earlier run of the same request. */
export async function insertNotMeet(tx: Transaction, row: NotMeetRow): Promise<void> {
  await tx.insert(notMeet).values(row).onConflictDoNothing()
}

export async function saveNotMeet(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  set: Pick<NotMeetRow, 'clientId'>
): Promise<void> {
  await tx
    .update(notMeet)
    .set(set)
    .where(and(eq(notMeet.practiceId, practice.id), eq(notMeet.id, id)))
}

/** What was written of an edition, or by some persons, the oldest first. */
export async function listNotMeet(
  db: Executor,
  { practice }: PracticeScope,
  of: { edition: string } | { persons: readonly string[] }
): Promise<NotMeetRow[]> {
  const which = 'edition' in of ? eq(notMeet.editionId, of.edition) : inArray(notMeet.personId, [...of.persons])
  return db
    .select()
    .from(notMeet)
    .where(and(eq(notMeet.practiceId, practice.id), which))
    .orderBy(asc(notMeet.createdAt), asc(notMeet.id))
}
