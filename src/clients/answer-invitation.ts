import type { DateTime } from 'luxon'
import type { answerKinds } from '../../db/schema/partners.ts'
import { addPerson, normalisedAddress } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { insertNoContact } from '../identity/store.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { type Fault, invalid, notFound } from '../kernel/problem.ts'
import { hashToken } from '../kernel/secrets.ts'
import { type Audience, keeperOf, sealWords } from './answer.ts'
import { findOpen, type InvitationRow, insertAnswer, takeAnswer } from './partner-store.ts'
import type { Concern } from './partner-texts.ts'
import { newReturnWords, normalisedWords } from './return-words.ts'

/** More than this one link is not answered; nobody is told. */
const mostAnswers = 10
/** A note is written before the answer that asks for it is deleted. */
const furthestNote = { days: 89 }

/** What somebody says who holds a partner's link. */
export interface GivenAnswer {
  kind: (typeof answerKinds)[number]
  concern?: Concern | undefined
  words?: string | undefined
  audience?: Audience | undefined
  /** A day of the practice, `YYYY-MM-DD`. */
  noteOn?: string | undefined
  address?: string | undefined
  windows?: { start: DateTime; end: DateTime }[] | undefined
}

/** The invitation whose link is open. @throws not-found, the same for a link that never was, ended or was taken back */
export async function openInvitation(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  scope: PracticeScope,
  token: string
): Promise<InvitationRow> {
  const found = await findOpen(db, scope, hashToken(token), now())
  if (!found) throw notFound('This page is not here any more')
  return found
}

/**
 * Keeps an answer, and gives the words by which its writer comes back to it, once. The link's page stays as it is, and what
 * is too much is answered alike and not kept.
 * @throws not-found, invalid-input with every fault named
 */
export async function answerInvitation(
  deps: Deps,
  scope: PracticeScope,
  token: string,
  given: GivenAnswer
): Promise<{ returnWords: string }> {
  const invitation = await openInvitation(deps, scope, token)
  const faults = faultsOf(given, deps.now().setZone(scope.practice.zone))
  if (faults.length) throw invalid(faults)
  const returnWords = newReturnWords()
  await deps.db.transaction(async tx => {
    if (await takeAnswer(tx, scope, invitation.id, mostAnswers))
      await keep(deps, tx, scope, invitation, given, returnWords)
  })
  return { returnWords }
}

async function keep(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  { id: invitationId }: InvitationRow,
  { kind, concern, words, audience = 'therapist', noteOn, address, windows = [] }: GivenAnswer,
  returnWords: string
): Promise<void> {
  const practice = scope.practice.id
  const now = deps.now()
  const id = newId()
  const { key, wrapped } = deps.secrets.newDataKey(keeperOf(scope, id))
  const isReader = address !== undefined && kind !== 'no_contact'
  const row = {
    practiceId: practice,
    id,
    invitationId,
    kind,
    concern: concern ?? null,
    words: words ? sealWords(key, scope, id, words) : null,
    audience,
    personId: isReader
      ? await addPerson(deps, tx, scope, { name: '', email: address, zone: scope.practice.zone })
      : null,
    noteOn: kind === 'not_now' ? (noteOn ?? null) : null,
    dataKey: wrapped,
    returnHash: deps.secrets.lookup(practice, 'return-words', normalisedWords(returnWords)),
    createdAt: now,
    activeAt: now
  }
  await insertAnswer(tx, row, windows)
  if (kind === 'no_contact' && address !== undefined)
    await insertNoContact(tx, {
      practiceId: practice,
      lookup: deps.secrets.lookup(practice, 'email', normalisedAddress(address)),
      at: now
    })
  await emit(deps, tx, { practice, actor: 'anonymous', kind: 'partner.answered', subjects: { answer: id } })
}

/** What does not belong to the kind of answer, each with what would be right. */
function faultsOf({ kind, concern, words, audience, noteOn, address, windows }: GivenAnswer, today: DateTime): Fault[] {
  const faults: Fault[] = []
  const fault = (pointer: string, detail: string) => faults.push({ pointer, detail })
  if ((kind === 'concern') !== (concern !== undefined))
    fault('/concern', kind === 'concern' ? 'Say which concern it is' : 'Only the kind concern has one')
  if (kind === 'question' && !words) fault('/words', 'Write what you would like to ask')
  if (audience === 'inviter' && (kind !== 'concern' || concern === 'not_free'))
    fault('/audience', 'This is never shown to anybody but the therapist')
  if ((noteOn !== undefined || windows !== undefined) && kind !== (windows ? 'times' : 'not_now'))
    fault(windows ? '/windows' : '/noteOn', `Only the kind ${windows ? 'times' : 'not_now'} has this`)
  if (kind === 'times' && !windows?.length) fault('/windows', 'Give at least one stretch of time')
  for (const [index, { start, end }] of (windows ?? []).entries())
    if (end <= start) fault(`/windows/${index}`, 'A stretch ends after it starts')
  if (kind === 'not_now' && (noteOn === undefined) !== (address === undefined))
    fault(noteOn === undefined ? '/noteOn' : '/address', 'A note is written on a day and to an address: give both')
  const last = today.plus(furthestNote).toISODate() ?? ''
  if (noteOn !== undefined && (noteOn <= (today.toISODate() ?? '') || noteOn > last))
    fault('/noteOn', `Choose a day from tomorrow to ${last}`)
  return faults
}
