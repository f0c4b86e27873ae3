import { and, asc, desc, eq, exists, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { bookings } from '../../db/schema/bookings.ts'
import { resources } from '../../db/schema/catalog.ts'
import type { Stretch } from '../../db/schema/columns.ts'
import { contactPoints, people } from '../../db/schema/identity.ts'
import { messages } from '../../db/schema/notices.ts'
import { answerMessages, answerTimes, partnerAnswers, partnerInvitations } from '../../db/schema/partners.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

export type InvitationRow = typeof partnerInvitations.$inferSelect
export type AnswerRow = typeof partnerAnswers.$inferSelect
export type MessageRow = typeof answerMessages.$inferSelect

/**
 * Who invites, by one booking or the newest of a person's: its client, and the therapist whom their partner would meet.
 * @returns undefined where there is none, or it has no therapist who could read an answer
 */
export async function findInviter(
  db: Executor,
  { practice }: PracticeScope,
  by: { booking: string } | { bookers: readonly string[] }
) {
  const [row] = await db
    .select({ booker: bookings.bookerId, client: bookings.clientId, therapist: resources.personId })
    .from(bookings)
    .innerJoin(resources, and(eq(resources.practiceId, bookings.practiceId), eq(resources.id, bookings.therapistId)))
    .where(
      and(
        eq(bookings.practiceId, practice.id),
        'booking' in by ? eq(bookings.id, by.booking) : inArray(bookings.bookerId, [...by.bookers])
      )
    )
    .orderBy(desc(bookings.createdAt))
    .limit(1)
  return row?.therapist ? { ...row, therapist: row.therapist } : undefined
}

/** Two requests of one inviter wait for each other until the transaction ends. */
export async function lockInviter(tx: Transaction, { practice }: PracticeScope, inviter: string): Promise<void> {
  await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.practiceId, practice.id), eq(people.id, inviter)))
    .for('no key update')
}

/** The invitations of an inviter, under any of their ids, the newest first. */
export async function listInvitations(
  db: Executor,
  { practice }: PracticeScope,
  inviters: readonly string[]
): Promise<InvitationRow[]> {
  return db
    .select()
    .from(partnerInvitations)
    .where(and(eq(partnerInvitations.practiceId, practice.id), inArray(partnerInvitations.inviterId, [...inviters])))
    .orderBy(desc(partnerInvitations.createdAt))
}

export async function insertInvitation(tx: Transaction, row: typeof partnerInvitations.$inferInsert): Promise<void> {
  await tx.insert(partnerInvitations).values(row)
}

export async function updateInvitation(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  set: Partial<InvitationRow>
): Promise<void> {
  await tx
    .update(partnerInvitations)
    .set(set)
    .where(and(eq(partnerInvitations.practiceId, practice.id), eq(partnerInvitations.id, id)))
}

/** The invitation that a link's token opens now. */
export async function findOpen(db: Executor, { practice }: PracticeScope, tokenHash: Buffer, now: DateTime) {
  const [row] = await db
    .select()
    .from(partnerInvitations)
    .where(
      and(
        eq(partnerInvitations.practiceId, practice.id),
        eq(partnerInvitations.tokenHash, tokenHash),
        eq(partnerInvitations.state, 'open'),
        gt(partnerInvitations.endsAt, now)
      )
    )
  return row
}

/** Takes one of an invitation's answers. @returns false where all are taken */
export async function takeAnswer(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  most: number
): Promise<boolean> {
  const rows = await tx
    .update(partnerInvitations)
    .set({ answers: sql`${partnerInvitations.answers} + 1` })
    .where(
      and(
        eq(partnerInvitations.practiceId, practice.id),
        eq(partnerInvitations.id, id),
        lt(partnerInvitations.answers, most)
      )
    )
    .returning({ id: partnerInvitations.id })
  return rows.length > 0
}

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
    .where(
      and(
        eq(partnerAnswers.practiceId, practice.id),
        eq(partnerAnswers.returnHash, returnHash),
        eq(partnerAnswers.kept, true)
      )
    )
    .returning({ id: partnerAnswers.id })
  return row?.id
}

/** The answer that these words open. */
export async function findByWords(db: Executor, { practice }: PracticeScope, returnHash: Buffer) {
  const [row] = await db
    .select({ id: partnerAnswers.id })
    .from(partnerAnswers)
    .where(
      and(
        eq(partnerAnswers.practiceId, practice.id),
        eq(partnerAnswers.returnHash, returnHash),
        eq(partnerAnswers.kept, true)
      )
    )
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

/** Deletes an answer with all that followed it. The address that was left goes with `deleteAddress`. */
export async function deleteAnswer(tx: Transaction, { practice }: PracticeScope, id: string): Promise<void> {
  await tx.delete(partnerAnswers).where(and(eq(partnerAnswers.practiceId, practice.id), eq(partnerAnswers.id, id)))
}

/** Deletes the address that somebody left, with the rows of the mails that went there. Nothing else ever points at it. */
export async function deleteAddress(tx: Transaction, { practice }: PracticeScope, person: string): Promise<void> {
  await tx.delete(messages).where(and(eq(messages.practiceId, practice.id), eq(messages.personId, person)))
  await tx
    .delete(contactPoints)
    .where(and(eq(contactPoints.practiceId, practice.id), eq(contactPoints.personId, person)))
  await tx.delete(people).where(and(eq(people.practiceId, practice.id), eq(people.id, person)))
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
