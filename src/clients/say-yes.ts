import { findTherapist, listTherapists } from '../catalog/store.ts'
import { type Actor, actorName, notAllowed } from '../identity/actor.ts'
import { dataKeyOf } from '../identity/data-key.ts'
import { ownIds } from '../identity/own-ids.ts'
import { readPerson } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { saveName } from '../identity/preferences.ts'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { invalid, problem } from '../kernel/problem.ts'
import { hashToken, seal } from '../kernel/secrets.ts'
import { findInvitationByHash, findLastTherapist, findOwnInvitation } from './known-store.ts'
import { insertYes, lockPerson, lockYes, updateYes } from './together-store.ts'
import { mustBeChosen } from './together-texts.ts'

export const mailboxShared = problem('mailbox-shared', 409, 'Somebody else reads this mailbox')

/** What somebody says of beginning together. */
export interface SaidYes {
  /** What they go by, where the practice does not know it yet. */
  name?: string | undefined
  /** With whom, in their own words. */
  whom: string
  /** The private page that one gave the other: a hint for the therapist, who puts two yeses together by hand. */
  link?: string | undefined
  /** Whether the other may read that they had sessions of their own here. */
  mayTell?: boolean | undefined
  /** With which therapist (slug); the one they know where nothing is said. */
  therapist?: string | undefined
}

/**
 * One person's own yes, signed in with an address of their own. Nothing is asked about the other: what is done and answered
 * is the same whether they have said anything or not. Said again, it says what is meant now.
 * @throws not-set-up; mailbox-shared; invalid-input where there is no such therapist
 */
export async function sayYes(deps: Deps, scope: PracticeScope, actor: Actor, said: SaidYes): Promise<void> {
  mustBeChosen(scope.practice)
  const person = whoAsks(actor)
  const { sharedMailbox, name } = await readPerson(deps, deps.db, scope, person)
  if (sharedMailbox) throw mailboxShared('Begin with an address that only you read: you can change yours')
  const hint = await hintOf(deps.db, scope, person, said)
  const practiceId = scope.practice.id
  const now = deps.now()
  await deps.db.transaction(async tx => {
    await lockPerson(tx, scope, person)
    if (said.name && name === null) await saveName(deps, tx, scope, person, said.name)
    const standing = await lockYes(tx, scope, person)
    if (standing?.beginningId) return
    const id = standing?.id ?? newId()
    const whom = seal(await dataKeyOf(deps, tx, scope, person), whomSpot(scope, id), said.whom.trim())
    const { invitation, therapist } = hint
    const set = { whom, therapistId: therapist, invitationId: invitation ?? null, mayTell: said.mayTell ?? null }
    if (standing) return updateYes(tx, scope, id, set)
    await insertYes(tx, { practiceId, id, personId: person, ...set, saidAt: now })
    await emit(deps, tx, {
      practice: practiceId,
      actor: actorName(actor),
      kind: 'together.said',
      subjects: { yes: id }
    })
  })
}

/** Takes a yes back that nothing has come of. Safe to repeat. */
export async function takeYesBack(deps: Deps, scope: PracticeScope, actor: Actor): Promise<void> {
  const person = whoAsks(actor)
  await deps.db.transaction(async tx => {
    await lockPerson(tx, scope, person)
    const standing = await lockYes(tx, scope, person)
    if (standing && !standing.beginningId) await updateYes(tx, scope, standing.id, { endedAt: deps.now() })
  })
}

/** The person who is signed in. @throws not-allowed */
export function whoAsks(actor: Actor): string {
  if (actor.kind !== 'person') throw notAllowed('This is for somebody who is signed in for themselves')
  return actor.person
}

/** Where the words stand in which somebody said whom they mean. */
export function whomSpot({ practice }: PracticeScope, yes: string) {
  return { practice: practice.id, table: 'yeses', column: 'whom', row: yes }
}

async function hintOf(db: Executor, scope: PracticeScope, person: string, { link, therapist }: SaidYes) {
  const own = await ownIds(db, scope, person)
  const token = /([\w-]{43})\/?$/.exec(link?.trim() ?? '')?.[1]
  const given = token ? await findInvitationByHash(db, scope, hashToken(token)) : undefined
  const invitation = given ?? (await findOwnInvitation(db, scope, own))
  const chosen = therapist === undefined ? undefined : await findTherapist(db, scope, therapist)
  if (therapist !== undefined && !chosen?.personId)
    throw invalid([{ pointer: '/therapist', detail: 'There is no such therapist' }])
  const meant =
    chosen?.personId ??
    (await findLastTherapist(db, scope, own)) ??
    invitation?.therapist ??
    (await listTherapists(db, scope)).find(({ personId }) => personId)?.personId
  if (!meant) throw new Error('The practice has no therapist who could read it')
  return { invitation: invitation?.id, therapist: meant }
}
