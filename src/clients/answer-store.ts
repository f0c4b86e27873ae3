import { and, asc, eq, inArray, lt, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Stretch } from '../../db/schema/columns.ts'
import { messages } from '../../db/schema/notices.ts'
import { answerTimes, partnerAnswers } from '../../db/schema/partners.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

export type AnswerRow = typeof partnerAnswers.$inferSelect

export async function insertAnswer(
  tx: Transaction,
  row: typeof partnerAnswers.$inferInsert,
  windows: readonly Stretch[]
): Promise<void> {
  await tx.insert(partnerAnswers).values(row)
  if (windows.length)
    await tx
      .insert(answerTimes)
      .values(windows.map(during => ({ practiceId: row.practiceId, answerId: row.id, during })))
      .onConflictDoNothing()
}

export async function findAnswer(db: Executor, { practice }: PracticeScope, id: string) {
  const [row] = await db
    .select()
    .from(partnerAnswers)
    .where(and(eq(partnerAnswers.practiceId, practice.id), eq(partnerAnswers.id, id)))
  return row
}

/** The same, locked until the transaction ends: what is said, shared and deleted at once is done in a row. */
export async function lockAnswer(tx: Transaction, { practice }: PracticeScope, id: string) {
  const [row] = await tx
    .select()
    .from(partnerAnswers)
    .where(and(eq(partnerAnswers.practiceId, practice.id), eq(partnerAnswers.id, id)))
    .for('update')
  return row
}

/** Opens an answer to whoever gives its words, and ends what opened it before. @returns its id, if there is one */
export async function openAnswer(
  db: Executor,
  { practice }: PracticeScope,
  returnHash: Buffer,
  session: { hash: Buffer; endsAt: DateTime }
): Promise<string | undefined> {
  const [row] = await db
    .update(partnerAnswers)
    .set({ sessionHash: session.hash, sessionEndsAt: session.endsAt })
    .where(isOpenedBy(practice.id, returnHash))
    .returning({ id: partnerAnswers.id })
  return row?.id
}

const isOpenedBy = (practiceId: string, returnHash: Buffer) =>
  and(
    eq(partnerAnswers.practiceId, practiceId),
    eq(partnerAnswers.returnHash, returnHash),
    eq(partnerAnswers.kept, true)
  )

/** The answer that these words open. */
export async function findByWords(db: Executor, { practice }: PracticeScope, returnHash: Buffer) {
  const [row] = await db
    .select({ id: partnerAnswers.id })
    .from(partnerAnswers)
    .where(isOpenedBy(practice.id, returnHash))
  return row?.id
}

export async function closeAnswer(db: Executor, { practice }: PracticeScope, id: string): Promise<void> {
  await db
    .update(partnerAnswers)
    .set({ sessionHash: null, sessionEndsAt: null })
    .where(and(eq(partnerAnswers.practiceId, practice.id), eq(partnerAnswers.id, id)))
}

export async function updateAnswer(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  set: Partial<AnswerRow>
): Promise<void> {
  await tx
    .update(partnerAnswers)
    .set(set)
    .where(and(eq(partnerAnswers.practiceId, practice.id), eq(partnerAnswers.id, id)))
}

/** Deletes an answer with all that followed it. The address that was left goes by `deletePeople`. */
export async function deleteAnswer(tx: Transaction, { practice }: PracticeScope, id: string): Promise<void> {
  await tx.delete(partnerAnswers).where(and(eq(partnerAnswers.practiceId, practice.id), eq(partnerAnswers.id, id)))
}

/** Answers of all practices at which nothing happened since, and those of which nothing was kept from the start. */
export async function findForgotten(db: Executor, since: DateTime): Promise<{ practice: string; id: string }[]> {
  return db
    .select({ practice: partnerAnswers.practiceId, id: partnerAnswers.id })
    .from(partnerAnswers)
    .where(or(lt(partnerAnswers.activeAt, since), eq(partnerAnswers.kept, false)))
    .orderBy(asc(partnerAnswers.activeAt))
    .limit(200)
}

/** Answers of all practices whose one note has gone: its address is of no more use. */
export async function findNoted(db: Executor): Promise<{ practice: string; id: string }[]> {
  return db
    .selectDistinct({ practice: partnerAnswers.practiceId, id: partnerAnswers.id })
    .from(partnerAnswers)
    .innerJoin(
      messages,
      and(eq(messages.practiceId, partnerAnswers.practiceId), eq(messages.personId, partnerAnswers.personId))
    )
    .where(and(eq(messages.template, 'note'), inArray(messages.state, ['sent', 'failed'])))
    .limit(200)
}
