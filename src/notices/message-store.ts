import { and, asc, count, desc, eq, gt, inArray, isNotNull, lte, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { messages } from '../../db/schema/notices.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { mostTries } from './retry.ts'

export type MessageRow = typeof messages.$inferSelect

/** Writes rows; one whose cause is known already is left as it is. */
export async function insertMessages(db: Executor, rows: readonly MessageRow[]): Promise<void> {
  if (rows.length > 0)
    await db
      .insert(messages)
      .values([...rows])
      .onConflictDoNothing({ target: [messages.practiceId, messages.cause] })
}

/** The practices that have something to send now. Not led by a practice: the due job asks for all of them. */
export async function listDuePractices(db: Executor, now: DateTime): Promise<string[]> {
  const rows = await db.selectDistinct({ id: messages.practiceId }).from(messages).where(isDue(now))
  return rows.map(({ id }) => id)
}

/**
 * Takes the next row that is due: no other worker gets it until `until`. A row that is still `sending` after that
 * belonged to a worker that died, and is taken again; whoever comes to its end without an answer, gives it up.
 */
export async function claim(db: Executor, { practice }: PracticeScope, now: DateTime, until: DateTime) {
  const next = db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.practiceId, practice.id), isDue(now)))
    .orderBy(asc(messages.dueAt))
    .limit(1)
    .for('update', { skipLocked: true })
  const [row] = await db
    .update(messages)
    .set({
      state: sql`case when ${messages.tries} < ${mostTries} then 'sending' else 'failed' end`,
      tries: sql`least(${messages.tries} + 1, ${mostTries})`,
      dueAt: until
    })
    .where(and(eq(messages.practiceId, practice.id), eq(messages.id, sql`(${next})`)))
    .returning()
  return row
}

/** What came of an attempt, written only by the worker that still holds the row. */
export async function settle(
  db: Executor,
  { practice }: PracticeScope,
  { id, tries }: Pick<MessageRow, 'id' | 'tries'>,
  outcome:
    | { state: 'sent'; sentAt: DateTime; invitation: MessageRow['invitation'] }
    | { state: 'waiting'; dueAt: DateTime }
    | { state: 'failed' }
): Promise<void> {
  await db
    .update(messages)
    .set(outcome)
    .where(
      and(
        eq(messages.practiceId, practice.id),
        eq(messages.id, id),
        eq(messages.tries, tries),
        eq(messages.state, 'sending')
      )
    )
}

/** How many mails in these words were written to a person since then. */
export async function countTold(
  db: Executor,
  { practice }: PracticeScope,
  person: string,
  templates: readonly string[],
  since: DateTime
): Promise<number> {
  const [row] = await db
    .select({ told: count() })
    .from(messages)
    .where(
      and(
        eq(messages.practiceId, practice.id),
        eq(messages.personId, person),
        inArray(messages.template, [...templates]),
        gt(messages.createdAt, since)
      )
    )
  return row?.told ?? 0
}

/** Whether a person's calendar has an appointment by our mails, by itself or with all of its booking, and no cancellation after it. */
export async function isInvited(
  db: Executor,
  { practice }: PracticeScope,
  person: string,
  appointment: string,
  booking: string
): Promise<boolean> {
  const [last] = await db
    .select({ invitation: messages.invitation })
    .from(messages)
    .where(
      and(
        eq(messages.practiceId, practice.id),
        eq(messages.personId, person),
        inArray(messages.subjectId, [appointment, booking]),
        isNotNull(messages.invitation)
      )
    )
    .orderBy(desc(messages.sentAt), desc(messages.id))
    .limit(1)
  return last?.invitation === 'REQUEST'
}

function isDue(now: DateTime) {
  return and(inArray(messages.state, ['waiting', 'sending']), lte(messages.dueAt, now))
}
