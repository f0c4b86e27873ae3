import { addPerson, normalisedAddress } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { insertNoContact } from '../identity/store.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { keeperOf, type Said, sealWords } from './answer.ts'
import { mayBeMailed } from './answer-faults.ts'
import { insertAnswer } from './answer-store.ts'
import { newReturnWords, normalisedWords } from './return-words.ts'

/** Stands for an address that is not kept. Nobody can have it (RFC 2606, 2). */
const nobody = 'nobody@invalid'

/**
 * Writes what somebody said, sealed by a key of its own. With what may not be mailed no address is kept.
 * @param kept false: the same work is done and nothing of what was said is in it, so that nobody can tell one answer too
 * many by what it costs
 * @returns the words by which its writer comes back to it, which are nowhere else
 */
export async function keepAnswer(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  invitationId: string | null,
  { kind, concern, words, audience = 'therapist', noteOn, address, windows = [] }: Said,
  kept = true
): Promise<string> {
  const practice = scope.practice.id
  const now = deps.now()
  const id = newId()
  const returnWords = newReturnWords()
  const { key, wrapped } = deps.secrets.newDataKey(keeperOf(scope, id))
  const email = address === undefined || kept ? address : nobody
  const text = words === undefined || kept ? words : '·'.repeat(words.length)
  const isReader = email !== undefined && kind !== 'no_contact' && mayBeMailed({ concern })
  const row = {
    practiceId: practice,
    id,
    invitationId,
    kind,
    concern: concern ?? null,
    words: text ? sealWords(key, scope, id, text) : null,
    audience,
    personId: isReader ? await addPerson(deps, tx, scope, { name: '', email, zone: scope.practice.zone }) : null,
    noteOn: kind === 'not_now' ? (noteOn ?? null) : null,
    dataKey: wrapped,
    returnHash: deps.secrets.lookup(practice, 'return-words', normalisedWords(returnWords)),
    createdAt: now,
    activeAt: now,
    kept
  }
  await insertAnswer(tx, row, windows)
  if (kind === 'no_contact' && email !== undefined)
    await insertNoContact(tx, {
      practiceId: practice,
      lookup: deps.secrets.lookup(practice, 'email', normalisedAddress(email)),
      at: now
    })
  await emit(deps, tx, { practice, actor: 'anonymous', kind: 'partner.answered', subjects: { answer: id } })
  return returnWords
}
