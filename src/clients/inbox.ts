import type { DateTime } from 'luxon'
import { type Actor, actorName, notAllowed } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { notFound } from '../kernel/problem.ts'
import { type Answer, unsealAnswer } from './answer.ts'
import { answerBy } from './answer-by.ts'
import { lockAnswer, updateAnswer } from './answer-store.ts'
import { listInbox, listMessages, listTimes } from './inbox-store.ts'
import { say } from './returns.ts'

/** What came to a therapist by a partner's link, or was asked without one: by whom is not known. */
export interface InboxItem extends Answer {
  windows: { start: Answer['createdAt']; end: Answer['createdAt'] }[]
  /** Whether the last word is the partner's. */
  waiting: boolean
  /** By when it was promised to be answered; null where nobody waits. */
  answerBy: DateTime | null
}

/** What is addressed to this therapist alone, danger first. The look is written down. @throws not-allowed */
export async function readInbox(deps: Deps, scope: PracticeScope, actor: Actor): Promise<InboxItem[]> {
  const rows = await listInbox(deps.db, scope, therapistOf(actor))
  const ids = rows.map(({ id }) => id)
  const [messages, times] = await Promise.all([listMessages(deps.db, scope, ids), listTimes(deps.db, scope, ids)])
  if (ids.length)
    await record(deps.db, deps.now, {
      practice: scope.practice.id,
      actor: actorName(actor),
      kind: 'read-inbox',
      subjects: ids
    })
  return rows.map(row => {
    const answer = unsealAnswer(deps, scope, row, messages)
    return {
      ...answer,
      windows: times.filter(({ answerId }) => answerId === row.id).map(({ during }) => during),
      waiting: answer.messages.at(-1)?.from !== 'practice',
      answerBy: answerBy(scope.practice.zone, answer)
    }
  })
}

/** What waits for this therapist's reply, and by when it was promised: nothing of what it says. @throws not-allowed */
export async function listWaitingFor(
  { db }: Deps,
  scope: PracticeScope,
  actor: Actor
): Promise<{ id: string; answerBy: DateTime; danger: boolean }[]> {
  const rows = await listInbox(db, scope, therapistOf(actor))
  const messages = await listMessages(
    db,
    scope,
    rows.map(({ id }) => id)
  )
  return rows.flatMap(row => {
    const until = answerBy(scope.practice.zone, {
      ...row,
      messages: messages.filter(({ answerId }) => answerId === row.id)
    })
    return until ? [{ id: row.id, answerBy: until, danger: row.concern === 'not_free' }] : []
  })
}

/** Replies: whoever wrote reads it by their words, and is told if they left an address. @throws not-found, not-allowed */
export async function reply(deps: Deps, scope: PracticeScope, actor: Actor, id: string, words: string): Promise<void> {
  const therapist = therapistOf(actor)
  await deps.db.transaction(async tx => {
    const [own] = await listInbox(tx, scope, therapist, id)
    const row = own && (await lockAnswer(tx, scope, id))
    if (!row) throw notFound('There is nothing to reply to: it may have been deleted by whoever wrote it')
    const message = await say(deps, tx, scope, row, 'practice', words)
    const practice = scope.practice.id
    const subjects = { answer: id, message }
    await record(tx, deps.now, { practice, actor: actorName(actor), kind: 'reply', subjects: [id] })
    await emit(deps, tx, { practice, actor: actorName(actor), kind: 'partner.replied', subjects })
  })
}

/** The therapist has spoken with whoever wrote it and knows whose words these are. Safe to repeat. @throws not-found, not-allowed */
export async function verify({ db, now }: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<void> {
  const therapist = therapistOf(actor)
  await db.transaction(async tx => {
    const [own] = await listInbox(tx, scope, therapist, id)
    const row = own && (await lockAnswer(tx, scope, id))
    if (!row) throw notFound('It is not here any more')
    await updateAnswer(tx, scope, id, { spokenAt: row.spokenAt ?? now() })
    await record(tx, now, { practice: scope.practice.id, actor: actorName(actor), kind: 'verify', subjects: [id] })
  })
}

function therapistOf(actor: Actor): string {
  if (actor.kind !== 'staff') throw notAllowed('The inbox is for therapists')
  return actor.person
}
