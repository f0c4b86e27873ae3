import { and, asc, desc, eq, exists, inArray, isNull, or, sql } from 'drizzle-orm'
import { answerMessages, answerTimes, partnerAnswers, partnerInvitations } from '../../db/schema/partners.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { AnswerRow } from './answer-store.ts'

export type MessageRow = typeof answerMessages.$inferSelect

export async function insertMessage(tx: Transaction, row: typeof answerMessages.$inferInsert): Promise<void> {
  await tx.insert(answerMessages).values(row)
}

/** What followed these answers, in the order in which it was said. */
export async function listMessages(
  db: Executor,
  { practice }: PracticeScope,
  answers: readonly string[]
): Promise<MessageRow[]> {
  if (answers.length === 0) return []
  return db
    .select()
    .from(answerMessages)
    .where(and(eq(answerMessages.practiceId, practice.id), inArray(answerMessages.answerId, [...answers])))
    .orderBy(asc(answerMessages.at), asc(answerMessages.id))
}

export async function listTimes(db: Executor, { practice }: PracticeScope, answers: readonly string[]) {
  if (answers.length === 0) return []
  return db
    .select({ answerId: answerTimes.answerId, during: answerTimes.during })
    .from(answerTimes)
    .where(and(eq(answerTimes.practiceId, practice.id), inArray(answerTimes.answerId, [...answers])))
    .orderBy(asc(answerTimes.during))
}

/** What partners chose to show to this inviter. */
export async function listShared(
  db: Executor,
  { practice }: PracticeScope,
  inviters: readonly string[],
  client?: string
): Promise<AnswerRow[]> {
  const rows = await selectAnswers(db)
    .where(
      and(
        eq(partnerAnswers.practiceId, practice.id),
        inArray(partnerInvitations.inviterId, [...inviters]),
        client ? eq(partnerInvitations.clientId, client) : undefined,
        eq(partnerAnswers.audience, 'inviter'),
        eq(partnerAnswers.kept, true)
      )
    )
    .orderBy(desc(partnerAnswers.id))
  return rows.map(({ answer }) => answer)
}

/** What is addressed to a therapist, or was asked of all: danger first, then what is newest. */
export async function listInbox(db: Executor, { practice }: PracticeScope, therapist: string, id?: string) {
  const rows = await selectAnswers(db)
    .where(
      and(
        eq(partnerAnswers.practiceId, practice.id),
        eq(partnerAnswers.kept, true),
        or(eq(partnerInvitations.therapistId, therapist), isNull(partnerAnswers.invitationId)),
        // A no is for nobody to read, unless its writer says more.
        or(
          inArray(partnerAnswers.kind, ['question', 'concern', 'times', 'enquiry']),
          exists(
            db
              .select({ id: answerMessages.id })
              .from(answerMessages)
              .where(
                and(
                  eq(answerMessages.practiceId, partnerAnswers.practiceId),
                  eq(answerMessages.answerId, partnerAnswers.id),
                  eq(answerMessages.from, 'partner')
                )
              )
          )
        ),
        id ? eq(partnerAnswers.id, id) : undefined
      )
    )
    .orderBy(desc(sql`coalesce(${partnerAnswers.concern} = 'not_free', false)`), desc(partnerAnswers.activeAt))
    .limit(200)
  return rows.map(({ answer }) => answer)
}

/** The therapist whom an answer is addressed to; undefined for what was asked of all. */
export async function findTherapistOf(db: Executor, { practice }: PracticeScope, answerId: string) {
  const [row] = await selectAnswers(db).where(
    and(eq(partnerAnswers.practiceId, practice.id), eq(partnerAnswers.id, answerId))
  )
  return row?.invitation?.therapistId
}

/**
 * Answers of all practices to which nobody has replied, or to which more was said after the reply. What was said in danger
 * is not among them.
 */
export async function listWaiting(db: Executor): Promise<AnswerRow[]> {
  const last = db
    .select({ from: answerMessages.from })
    .from(answerMessages)
    .where(
      and(eq(answerMessages.practiceId, partnerAnswers.practiceId), eq(answerMessages.answerId, partnerAnswers.id))
    )
    .orderBy(desc(answerMessages.at), desc(answerMessages.id))
    .limit(1)
  return db
    .select()
    .from(partnerAnswers)
    .where(
      and(
        eq(partnerAnswers.kept, true),
        sql`${partnerAnswers.concern} is distinct from 'not_free'`,
        sql`coalesce((${last}), 'partner') = 'partner'`
      )
    )
    .orderBy(asc(partnerAnswers.createdAt))
    .limit(1000)
}

/** Answers, each with the invitation that it came by. */
function selectAnswers(db: Executor) {
  return db
    .select({ answer: partnerAnswers, invitation: partnerInvitations })
    .from(partnerAnswers)
    .leftJoin(
      partnerInvitations,
      and(
        eq(partnerInvitations.practiceId, partnerAnswers.practiceId),
        eq(partnerInvitations.id, partnerAnswers.invitationId)
      )
    )
    .$dynamic()
}
