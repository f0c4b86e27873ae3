import type { DateTime } from 'luxon'
import { deletePeople } from '../identity/nobody-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { newToken } from '../kernel/secrets.ts'
import { type Answer, keeperOf, sealMessage, unsealAnswer } from './answer.ts'
import {
  type AnswerRow,
  closeAnswer,
  deleteAnswer,
  findAnswer,
  lockAnswer,
  openAnswer,
  updateAnswer
} from './answer-store.ts'
import { insertMessage, listMessages } from './inbox-store.ts'
import { normalisedWords } from './return-words.ts'

/** Minutes that a browser or program stays in what it opened by its words. */
const sessionMinutes = 30

export const wordsUnknown = problem('words-unknown', 422, 'These words open nothing')
export const gone = problem('sign-in-needed', 401, 'Please give your words again')

/** Opens what was said to whoever gives its five words. @throws words-unknown */
export async function openReturn(
  deps: Deps,
  scope: PracticeScope,
  typed: string
): Promise<{ accessToken: string; expiresIn: number; expiresAt: DateTime }> {
  const { token, hash } = newToken()
  const endsAt = deps.now().plus({ minutes: sessionMinutes })
  const returnHash = deps.secrets.lookup(scope.practice.id, 'return-words', normalisedWords(typed))
  if (!(await openAnswer(deps.db, scope, returnHash, { hash, endsAt })))
    throw wordsUnknown('Type the five words as they were shown. What was not used for 90 days is deleted')
  return { accessToken: token, expiresIn: sessionMinutes * 60, expiresAt: endsAt }
}

/** The writer's own thread. @throws sign-in-needed where it was deleted meanwhile */
export async function readReturn(deps: Deps, scope: PracticeScope, id: string): Promise<Answer> {
  const row = await findAnswer(deps.db, scope, id)
  if (!row) throw gone()
  return unsealAnswer(deps, scope, row, await listMessages(deps.db, scope, [id]))
}

/** Says more. @throws sign-in-needed */
export async function sayMore(deps: Deps, scope: PracticeScope, id: string, words: string): Promise<void> {
  await deps.db.transaction(async tx => {
    const row = await locked(tx, scope, id)
    const message = await say(deps, tx, scope, row, 'partner', words)
    const happened = { practice: scope.practice.id, actor: 'anonymous', kind: 'partner.answered' }
    await emit(deps, tx, { ...happened, subjects: { answer: id, message } })
  })
}

/** Deletes all that was said, and the address that was left. Nothing of it stays. Safe to repeat. */
export async function deleteReturn(deps: Deps, scope: PracticeScope, id: string): Promise<void> {
  await deps.db.transaction(async tx => {
    const row = await lockAnswer(tx, scope, id)
    if (row) await erase(tx, scope, row)
  })
}

/** Ends the session of this browser or program. */
export async function leaveReturn({ db }: Deps, scope: PracticeScope, id: string): Promise<void> {
  await closeAnswer(db, scope, id)
}

/** Adds a message to an answer that is locked. */
export async function say(
  { secrets, now }: Deps,
  tx: Transaction,
  scope: PracticeScope,
  { id: answerId, dataKey }: AnswerRow,
  from: 'partner' | 'practice',
  words: string
): Promise<string> {
  const id = newId()
  const key = secrets.openDataKey(keeperOf(scope, answerId), dataKey)
  const sealed = sealMessage(key, scope, id, words)
  await insertMessage(tx, { practiceId: scope.practice.id, id, answerId, from, words: sealed, at: now() })
  await updateAnswer(tx, scope, answerId, { activeAt: now() })
  return id
}

/** The whole of an answer, with the address that was left for it. */
export async function erase(tx: Transaction, scope: PracticeScope, { id, personId }: AnswerRow): Promise<void> {
  await deleteAnswer(tx, scope, id)
  if (personId) await deletePeople(tx, scope, [personId])
}

async function locked(tx: Transaction, scope: PracticeScope, id: string): Promise<AnswerRow> {
  const row = await lockAnswer(tx, scope, id)
  if (!row) throw gone()
  return row
}
