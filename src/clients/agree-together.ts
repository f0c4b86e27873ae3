import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { notFound, problem } from '../kernel/problem.ts'
import { writeRows } from '../kernel/rows.ts'
import { endBeginning } from './decline-together.ts'
import { wordsFor } from './read-yes.ts'
import { whoAsks } from './say-yes.ts'
import { clientRows, consentRows } from './store.ts'
import {
  type Beginning,
  findYes,
  listYesesOf,
  lockBeginning,
  updateBeginning,
  updateYes,
  type Yes
} from './together-store.ts'
import { hashOf } from './together-texts.ts'

export const wordsChanged = problem('words-changed', 409, 'These words have changed meanwhile')

/**
 * One of two agrees to the words that they read, or not. The second yes makes the couple; a no ends it, and both are told
 * the same. The answer is the same to either, whatever the other has answered. Two begin on the same words: whoever agreed
 * to words that have changed since is asked again.
 * @param hash of the words that were shown, in hex
 * @throws not-found where nothing is asked; words-changed
 */
export async function answerTogether(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  { agree, hash }: { agree: boolean; hash: string }
): Promise<void> {
  const person = whoAsks(actor)
  await deps.db.transaction(async tx => {
    const asked = (await findYes(tx, scope, person))?.beginningId
    const beginning = asked ? await lockBeginning(tx, scope, asked) : undefined
    // Asked again under the lock: the practice, or this person elsewhere, may have been first.
    const both = beginning?.state === 'asked' ? await listYesesOf(tx, scope, beginning.id) : []
    const own = both.find(({ personId, agreed }) => personId === person && agreed === null)
    if (!beginning || !own) throw notFound('Nothing is asked of you here')
    const words = await wordsFor(deps, tx, scope, own)
    if (!agree) {
      await updateYes(tx, scope, own.id, { agreed: false, answeredAt: deps.now() })
      return endBeginning(deps, tx, scope, beginning, actorName(actor))
    }
    const read = words && hashOf(words)
    if (!read || read.toString('hex') !== hash) throw wordsChanged('Read them again, then decide')
    const version = scope.practice.termsVersion
    await updateYes(tx, scope, own.id, { agreed: true, answeredAt: deps.now(), hash: read, version })
    const [other] = both.filter(({ id }) => id !== own.id)
    if (other?.agreed && !(await isAskedAgain(deps, tx, scope, other))) await begin(deps, tx, scope, beginning, actor)
  })
}

/** Asks whoever agreed to words that are not these any more. @returns false where they agreed to these */
async function isAskedAgain(deps: Deps, tx: Transaction, scope: PracticeScope, yes: Yes): Promise<boolean> {
  const words = await wordsFor(deps, tx, scope, yes)
  if (words && yes.hash && hashOf(words).equals(yes.hash)) return false
  await updateYes(tx, scope, yes.id, { agreed: null, answeredAt: null, hash: null, version: null })
  const practice = scope.practice.id
  await emit(deps, tx, { practice, actor: 'system', kind: 'together.asked-again', subjects: { yes: yes.id } })
  return true
}

/** A new couple: confirmed by hand, with both consents as they were given. Nothing that either did before moves. */
async function begin(deps: Deps, tx: Transaction, scope: PracticeScope, beginning: Beginning, actor: Actor) {
  const [clientId, practiceId, now] = [newId(), scope.practice.id, deps.now()]
  const agreed = (await listYesesOf(tx, scope, beginning.id)).map(
    ({ id, personId, number, hash, version, answeredAt }) => {
      if (number === null || hash === null || version === null || answeredAt === null)
        throw new Error(`The yes ${id} has not agreed`)
      return { id, personId, number, hash, version, at: answeredAt }
    }
  )
  const client = { practiceId, id: clientId, kind: 'couple' as const, confirmation: 'by_hand' as const, createdAt: now }
  await writeRows(tx, [
    ...clientRows(
      client,
      ...agreed.map(({ personId, number }) => ({
        practiceId,
        clientId,
        personId,
        joinedAt: now,
        kind: client.kind,
        number
      }))
    ),
    ...agreed.flatMap(({ personId, hash, version, at }) =>
      consentRows({ practiceId, id: newId(), personId, clientId, document: 'begin-together', version, hash, at })
    )
  ])
  for (const { id } of agreed) await updateYes(tx, scope, id, { endedAt: now })
  await updateBeginning(tx, scope, beginning.id, { state: 'begun', endedAt: now, clientId })
  const subjects = { beginning: beginning.id, client: clientId }
  await emit(deps, tx, { practice: practiceId, actor: actorName(actor), kind: 'together.begun', subjects })
}
