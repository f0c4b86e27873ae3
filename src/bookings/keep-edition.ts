import type { DateTime } from 'luxon'
import type { PracticeScope } from '../identity/practice.ts'
import { practiceScopes } from '../identity/scope.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { listBlocks } from './block-store.ts'
import { isOffered, moveEdition, type Seats, seatsLeft, stateAt } from './edition.ts'
import { viewBlocks } from './edition-schema.ts'
import { type FoundEdition, findEditionsToKeep, lockEdition, saveEdition } from './edition-store.ts'
import { closeOffer, insertOffer, listOverdue } from './offer-store.ts'
import { seatsOf } from './seat-store.ts'
import { moveEntry, offerUntil } from './waitlist.ts'
import { endLine, findFirstWaiting, saveEntry } from './waitlist-store.ts'

/** Keeps every edition that time has moved on, and every offer whose deadline has passed. Asked each minute. */
export async function keepEditions(deps: Deps): Promise<void> {
  const scopes = practiceScopes(deps)
  await forEachApart(await findEditionsToKeep(deps.db, deps.now()), async ({ practice, edition }) =>
    keepEdition(deps, await scopes.forId(practice), edition)
  )
}

/**
 * Puts an edition right, under its lock: offers that are over lapse, each seat that is free is offered to whoever is next
 * in line, and the state follows the seats and the time. Safe to repeat: asked whenever a seat may have come free.
 */
export async function keepEdition(deps: Deps, scope: PracticeScope, id: string): Promise<void> {
  await deps.db.transaction(async tx => {
    const edition = await lockEdition(tx, scope, id)
    if (edition) await fillSeats(deps, tx, scope, edition)
  })
}

/** The same for who holds the edition's lock. */
export async function fillSeats(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  edition: FoundEdition
): Promise<void> {
  const { id } = edition
  const now = deps.now()
  const { start, end } = viewBlocks(await listBlocks(tx, scope, [id]))
  const state = stateAt(edition.state, start, end, now)
  if (state === 'running' || state === 'done') {
    const begun = edition.state === 'running' || edition.state === 'done' ? edition : moveEdition(edition, 'running')
    await saveEdition(tx, scope, id, { state: moveEdition(begun, state).state })
    await endLine(tx, scope, id, now)
    return
  }
  for (const entry of await listOverdue(tx, scope, id, now)) {
    await closeOffer(tx, scope, entry.id, 'lapsed')
    await saveEntry(tx, scope, entry.id, { state: moveEntry(entry, 'lapsed').state, endedAt: now })
    await tell(deps, tx, scope, 'seat.lapsed', entry.id)
  }
  if (!isOffered(edition)) return
  let seats = await seatsOf(tx, scope, id)
  while (seatsLeft(edition, seats) > 0 && seats.waiting > 0) seats = await offerNext(deps, tx, scope, id, start, seats)
  const wanted = seatsLeft(edition, seats) > 0 ? 'open' : 'full'
  if (wanted !== edition.state) await saveEdition(tx, scope, id, { state: moveEdition(edition, wanted).state })
}

/** A free seat is kept for whoever is next: nobody is skipped. */
async function offerNext(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  editionId: string,
  start: DateTime,
  seats: Seats
): Promise<Seats> {
  const entry = await findFirstWaiting(tx, scope, editionId)
  if (!entry) throw new Error(`Somebody waits for the edition ${editionId}, and nobody is next`)
  const now = deps.now()
  await insertOffer(tx, {
    practiceId: scope.practice.id,
    id: newId(),
    entryId: entry.id,
    createdAt: now,
    expiresAt: offerUntil(now, start),
    state: 'open'
  })
  await saveEntry(tx, scope, entry.id, { state: moveEntry(entry, 'offered').state })
  await tell(deps, tx, scope, 'seat.offered', entry.id)
  return { ...seats, offered: seats.offered + 1, waiting: seats.waiting - 1 }
}

async function tell(deps: Deps, tx: Transaction, scope: PracticeScope, kind: string, entry: string): Promise<void> {
  await emit(deps, tx, { practice: scope.practice.id, actor: 'system', kind, subjects: { entry } })
}
