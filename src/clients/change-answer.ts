import type { DateTime } from 'luxon'
import { deletePeople } from '../identity/nobody-store.ts'
import { addPerson, normalisedAddress } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { insertNoContact } from '../identity/store.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { type Fault, invalid } from '../kernel/problem.ts'
import { type Audience, keeperOf, sealWords } from './answer.ts'
import { mayBeMailed, mayBeShown, neverShown, noteFaults } from './answer-faults.ts'
import { type AnswerRow, findByWords, lockAnswer, updateAnswer } from './answer-store.ts'
import type { Concern } from './partner-texts.ts'
import { normalisedWords } from './return-words.ts'
import { gone, wordsUnknown } from './returns.ts'

/** What its writer changes of an answer; what is left out stays. */
export interface Change {
  words?: string | undefined
  concern?: Concern | undefined
  audience?: Audience | undefined
  /** Where a reply or a note goes, or what is never to be written to. Null takes it back. */
  address?: string | null | undefined
  /** A day of the practice, `YYYY-MM-DD`, with the address that the note goes to. */
  noteOn?: string | undefined
}

const worded: readonly AnswerRow['kind'][] = ['question', 'concern', 'enquiry']

/**
 * Changes what was said, who may read it, or the address that was left. Other words than those that were shown before the
 * yes are nobody's but the therapist's again, until their writer has seen what would be shown and said yes once more. With
 * what may not be mailed no address is kept.
 * @throws sign-in-needed where it was deleted meanwhile; invalid-input with every fault named
 */
export async function changeAnswer(deps: Deps, scope: PracticeScope, id: string, change: Change): Promise<void> {
  await deps.db.transaction(async tx => {
    const row = await lockAnswer(tx, scope, id)
    if (!row) throw gone()
    await apply(deps, tx, scope, row, change)
  })
}

/** The same for whoever has just been shown the words of an answer. @throws words-unknown, invalid-input */
export async function changeByWords(deps: Deps, scope: PracticeScope, typed: string, change: Change): Promise<void> {
  const hash = deps.secrets.lookup(scope.practice.id, 'return-words', normalisedWords(typed))
  const id = await findByWords(deps.db, scope, hash)
  if (!id) throw wordsUnknown('Type the five words as they were shown')
  await changeAnswer(deps, scope, id, change)
}

async function apply(deps: Deps, tx: Transaction, scope: PracticeScope, row: AnswerRow, change: Change): Promise<void> {
  const faults = faultsOf(row, change, deps.now().setZone(scope.practice.zone))
  if (faults.length) throw invalid(faults)
  const { id, kind } = row
  const { words, concern, audience, noteOn } = change
  const address = mayBeMailed({ concern: concern ?? row.concern }) ? change.address : null
  const reworded = words !== undefined || concern !== undefined
  const key = deps.secrets.openDataKey(keeperOf(scope, id), row.dataKey)
  const reader = address && kind !== 'no_contact' ? { name: '', email: address, zone: scope.practice.zone } : undefined
  await updateAnswer(tx, scope, id, {
    activeAt: deps.now(),
    ...(words !== undefined && { words: sealWords(key, scope, id, words) }),
    ...(concern && { concern }),
    ...((reworded || audience) && { audience: audience ?? 'therapist' }),
    ...(address !== undefined && { personId: reader ? await addPerson(deps, tx, scope, reader) : null }),
    ...(noteOn && { noteOn })
  })
  if (address !== undefined && row.personId) await deletePeople(tx, scope, [row.personId])
  const practice = scope.practice.id
  if (address && kind === 'no_contact') {
    const lookup = deps.secrets.lookup(practice, 'email', normalisedAddress(address))
    await insertNoContact(tx, { practiceId: practice, lookup, at: deps.now() })
  }
  if (reworded || noteOn)
    await emit(deps, tx, { practice, actor: 'anonymous', kind: 'partner.answered', subjects: { answer: id } })
}

function faultsOf(row: AnswerRow, change: Change, today: DateTime): Fault[] {
  const { words, audience, noteOn, address } = change
  const { kind } = row
  const concern = change.concern ?? row.concern
  const isNote = kind === 'not_now' && (noteOn !== undefined || !!address)
  return [
    ...(words !== undefined && !worded.includes(kind)
      ? [{ pointer: '/words', detail: 'There are no words to change: say more instead' }]
      : []),
    ...(change.concern && kind !== 'concern' ? [{ pointer: '/concern', detail: 'Only the kind concern has one' }] : []),
    ...(audience === 'inviter' && !mayBeShown({ kind, concern }) ? [{ pointer: '/audience', detail: neverShown }] : []),
    ...(noteOn !== undefined && kind !== 'not_now'
      ? [{ pointer: '/noteOn', detail: 'Only the kind not_now has this' }]
      : []),
    ...(isNote ? noteFaults({ noteOn, address: address ?? undefined }, today) : [])
  ]
}
