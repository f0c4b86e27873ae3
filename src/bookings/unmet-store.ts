import { and, asc, eq, inArray } from 'drizzle-orm'
import { notMeet } from '../../db/schema/not-meet.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { change, type Write } from '../kernel/rows.ts'

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

/** What these persons wrote while they waited, as that of the client who has the seat: they may have begun together since. */
export function notMeetOf(
  { practice }: PracticeScope,
  { editionId, clientId: waited }: Pick<NotMeetRow, 'editionId' | 'clientId'>,
  persons: readonly string[],
  clientId: string
): Write[] {
  const written = { practiceId: practice.id, editionId, clientId: waited }
  return waited === clientId ? [] : persons.map(personId => change(notMeet, { ...written, personId }, { clientId }))
}

/** @returns what it took away */
export async function deleteNotMeet(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string
): Promise<NotMeetRow | undefined> {
  const [row] = await tx
    .delete(notMeet)
    .where(and(eq(notMeet.practiceId, practice.id), eq(notMeet.id, id)))
    .returning()
  return row
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
