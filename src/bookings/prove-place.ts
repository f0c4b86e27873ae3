import { findClientOf } from '../clients/store.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import { joinIn } from '../identity/join.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { signedInPerson } from '../identity/signed-in.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { lockEdition } from './edition-store.ts'
import { fillSeats } from './keep-edition.ts'
import { theEntry } from './leave-waitlist.ts'
import { findLivePlace } from './mailbox-store.ts'
import { handOver } from './not-meet.ts'
import { saveNotMeet } from './unmet-store.ts'
import { moveEntry, noSuchEntry } from './waitlist.ts'
import { type Entry, findEntry, saveEntry } from './waitlist-store.ts'
import { whereThere } from './where-there.ts'

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
 * Whoever signed in by a code of the mailbox says the same: who asked is joined to them, and the place counts as that of
 * the couple to which they belong, in one transaction. Where that has a seat or a place already, that one stays. Safe to
 * repeat.
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
    // Before the joining: what joins them brings a client of its own.
    const own = await ownIds(tx, scope, person)
    const known = await findClientOf(tx, scope, own, 'couple')
    if (!edition || (await joinIn(deps, tx, scope, person, [personId])).length === 0) return
    const entry = await findEntry(tx, scope, id)
    if (!entry || entry.provenAt || entry.state !== 'waiting') return
    const there = await whereThere(tx, scope, editionId, { client: known, person, own })
    if (there) await giveUp(deps, tx, scope, entry, { clientId: there.clientId, personId: person })
    else await provePlace(deps, tx, scope, actor, await placeOf(tx, scope, entry, known))
    await fillSeats(deps, tx, scope, edition)
  })
}

/** A place with what was written with it, as that of the couple to which whoever asked belongs. */
async function placeOf(tx: Transaction, scope: PracticeScope, entry: Entry, clientId = entry.clientId): Promise<Entry> {
  if (clientId === entry.clientId) return entry
  await saveEntry(tx, scope, entry.id, { clientId })
  await saveNotMeet(tx, scope, entry.id, { clientId })
  return { ...entry, clientId }
}

/** Who has a seat or a place already keeps that alone, with whatever they wrote. */
async function giveUp(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  entry: Entry,
  stays: Pick<Entry, 'clientId' | 'personId'>
): Promise<void> {
  await saveEntry(tx, scope, entry.id, { state: moveEntry(entry, 'left').state, endedAt: deps.now() })
  await handOver(deps, tx, scope, entry.id, { clientId: stays.clientId, personId: stays.personId })
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
  const earlier = await findLivePlace(tx, scope, editionId, { client: clientId, person: personId })
  if (earlier) {
    await giveUp(deps, tx, scope, entry, earlier)
    return earlier
  }
  const provenAt = deps.now()
  await saveEntry(tx, scope, id, { provenAt })
  const practice = scope.practice.id
  // Who said so signed in looks at no page of the place: they are written to.
  const subjects = { entry: id, ...(actor.kind === 'person' && { person: actor.person }) }
  await emit(deps, tx, { practice, actor: actorName(actor), kind: 'waitlist.proven', subjects })
  return { ...entry, provenAt }
}
