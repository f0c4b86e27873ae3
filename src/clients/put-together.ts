import { findTherapist } from '../catalog/store.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { invalid, problem } from '../kernel/problem.ts'
import { noSuchYes } from './decline-together.ts'
import { listOpenCouples, wasSeenAlone } from './known-store.ts'
import { personOf } from './read-clients.ts'
import { insertBeginning, lockYeses, updateYes } from './together-store.ts'
import { mustBeChosen } from './together-texts.ts'

export const oneFactNeeded = problem('one-fact-needed', 409, 'The other may not be told that one was seen alone here')
export const referOut = problem('refer-out', 409, 'One of the two was seen alone here')
export const equalTimeFirst = problem('equal-time-first', 409, 'The other is offered as much time alone first')
export const togetherAlready = problem('together-already', 409, 'These two are a couple here already')

/** What a therapist says when they put two yeses together. */
export interface PutTogether {
  yeses: readonly [string, string]
  /** They have spoken with each of the two, alone: an address proves who reads a mailbox, not who somebody is. */
  spokenWithEach: true
  /** The other was offered as much time alone, where the practice promises that. */
  equalTime?: boolean | undefined
}

/**
 * A therapist puts two yeses together: each of the two is asked, by a page of their own, to agree to the words of it.
 * @throws not-set-up; no-such-yes; together-already; and where one was seen alone by this therapist: refer-out,
 * one-fact-needed, equal-time-first
 */
export async function putTogether(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  { yeses, equalTime = false }: PutTogether
): Promise<string> {
  const { conversion } = mustBeChosen(scope.practice)
  const therapist = personOf(actor)
  const [id, now, practiceId] = [newId(), deps.now(), scope.practice.id]
  await deps.db.transaction(async tx => {
    const rows = await lockYeses(tx, scope, therapist, yeses)
    const [one, other] = rows.sort((a, b) => a.saidAt.toMillis() - b.saidAt.toMillis())
    if (!one || !other) throw noSuchYes('Read your list again: one of them has changed')
    const members = [
      { ...one, number: 1, own: await ownIds(tx, scope, one.personId) },
      { ...other, number: 2, own: await ownIds(tx, scope, other.personId) }
    ]
    const couples = await listOpenCouples(
      tx,
      scope,
      members.flatMap(({ own }) => own)
    )
    const shared = Map.groupBy(couples, ({ client }) => client.id)
    if ([...shared.values()].some(members => members.length > 1))
      throw togetherAlready('They begin nothing new before that has ended')
    const told: boolean[] = []
    for (const { own } of members) told.push(await wasSeenAlone(tx, scope, own, now, therapist))
    if (told.includes(true)) {
      if (conversion === 'refer_out')
        throw referOut('Your practice refers the two to another therapist: hand both over')
      if (members.some(({ mayTell }, index) => told[index] && mayTell !== true))
        throw oneFactNeeded('Without that you cannot begin with both. Decline, and both read the same')
      if (conversion === 'equal_time' && !equalTime)
        throw equalTimeFirst('Say that it was offered, or decline, and both read the same')
    }
    await insertBeginning(tx, { practiceId, id, therapistId: therapist, state: 'asked', createdAt: now })
    for (const [index, { id: yes, number }] of members.entries())
      await updateYes(tx, scope, yes, { beginningId: id, number, told: told[index] === true })
    const made = { practice: practiceId, actor: actorName(actor) }
    const subjects = [id, one.personId, other.personId]
    await record(tx, deps.now, { ...made, kind: 'put-together', subjects })
    await emit(deps, tx, { ...made, kind: 'together.asked', subjects: { beginning: id } })
  })
  return id
}

/** Hands a yes over to another therapist's list. @throws no-such-yes; invalid-input where there is no such therapist */
export async function handOver(deps: Deps, scope: PracticeScope, actor: Actor, yes: string, slug: string) {
  const to = (await findTherapist(deps.db, scope, slug))?.personId
  if (!to) throw invalid([{ pointer: '/therapist', detail: 'There is no such therapist' }])
  await deps.db.transaction(async tx => {
    const [row] = await lockYeses(tx, scope, personOf(actor), [yes])
    if (!row) throw noSuchYes('Read your list again: it has changed')
    await updateYes(tx, scope, yes, { therapistId: to })
    const said = { practice: scope.practice.id, actor: actorName(actor) }
    await record(tx, deps.now, { ...said, kind: 'handed-over', subjects: [yes, row.personId] })
    await emit(deps, tx, { ...said, kind: 'together.said', subjects: { yes } })
  })
}
