import { type Actor, actorName } from '../identity/actor.ts'
import { joinIn } from '../identity/join.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { signedInPerson } from '../identity/signed-in.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { lockEdition } from './edition-store.ts'
import { fillSeats } from './keep-edition.ts'
import { theEntry } from './leave-waitlist.ts'
import { findLivePlace } from './mailbox-store.ts'
import { moveEntry, noSuchEntry } from './waitlist.ts'
import { type Entry, findEntry, saveEntry } from './waitlist-store.ts'

/**
 * Whoever reads the mailbox says that it was they who asked to wait: their place counts from now on, and lies where it was
 * when they asked. Where the mailbox has a place already, that one stays. Safe to repeat.
 * @returns the place that counts
 * @throws no-such-waitlist-entry
 */
export async function confirmPlace(deps: Deps, scope: PracticeScope, token: string): Promise<Entry> {
  const { id, editionId } = await theEntry(deps, scope, token)
  return deps.db.transaction(async tx => {
    const edition = await lockEdition(tx, scope, editionId)
    const entry = await findEntry(tx, scope, id)
    if (!edition || !entry) throw noSuchEntry('There is no such place in line')
    if (entry.provenAt || entry.state !== 'waiting') return entry
    const counts = await provePlace(deps, tx, scope, { kind: 'anonymous' }, entry)
    await fillSeats(deps, tx, scope, edition)
    return counts
  })
}

/**
 * Whoever signed in by a code of the mailbox says the same: who asked is joined to them, and the place counts, in one
 * transaction. Safe to repeat.
 */
export async function joinPlace(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  { id, editionId, personId }: Entry
): Promise<void> {
  const { person } = signedInPerson(actor)
  await deps.db.transaction(async tx => {
    const edition = await lockEdition(tx, scope, editionId)
    if (!edition || (await joinIn(deps, tx, scope, person, [personId])).length === 0) return
    const entry = await findEntry(tx, scope, id)
    if (!entry || entry.provenAt || entry.state !== 'waiting') return
    await provePlace(deps, tx, scope, actor, entry)
    await fillSeats(deps, tx, scope, edition)
  })
}

/** The same for who holds the edition's lock, and fills its seats afterwards. */
export async function provePlace(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  entry: Entry
): Promise<Entry> {
  const { id, editionId, clientId, personId } = entry
  const now = deps.now()
  const earlier = await findLivePlace(tx, scope, editionId, { client: clientId, person: personId })
  const set = earlier ? { state: moveEntry(entry, 'left').state, endedAt: now } : { provenAt: now }
  await saveEntry(tx, scope, id, set)
  if (earlier) return earlier
  const practice = scope.practice.id
  await emit(deps, tx, { practice, actor: actorName(actor), kind: 'waitlist.proven', subjects: { entry: id } })
  return { ...entry, ...set }
}
