import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { hashToken } from '../kernel/secrets.ts'
import { listBlocks } from './block-store.ts'
import { viewBlocks } from './edition-schema.ts'
import { lockEdition } from './edition-store.ts'
import { fillSeats } from './keep-edition.ts'
import { closeOffer, findOpenOffer } from './offer-store.ts'
import { moveEntry, noSuchEntry } from './waitlist.ts'
import type { PlaceInLineView } from './waitlist-schema.ts'
import { type Entry, findEntry, findEntryByToken, saveEntry } from './waitlist-store.ts'

/** The place in line that a mailed address opens. @throws no-such-waitlist-entry */
export async function theEntry({ db }: Pick<Deps, 'db'>, scope: PracticeScope, token: string): Promise<Entry> {
  const entry = token.length === 43 ? await findEntryByToken(db, scope, hashToken(token)) : undefined
  if (!entry) throw noSuchEntry('This address is not whole, or what it was for is over')
  return entry
}

/** A place in line as whoever waits sees it. @throws no-such-waitlist-entry */
export async function readPlaceInLine(deps: Deps, scope: PracticeScope, token: string): Promise<PlaceInLineView> {
  const { id, editionId, state, provenAt, approvedAt } = await theEntry(deps, scope, token)
  const { start, end } = viewBlocks(await listBlocks(deps.db, scope, [editionId]))
  const offer = await findOpenOffer(deps.db, scope, id)
  const isKept = offer !== undefined && offer.expiresAt > deps.now()
  return {
    state: isKept ? 'offered' : state !== 'waiting' ? 'over' : provenAt ? 'waiting' : 'unconfirmed',
    start,
    end,
    until: isKept ? offer.expiresAt : null,
    approved: approvedAt !== null
  }
}

/**
 * Whoever waits goes, or would rather not have the seat that is kept for them: it is offered to whoever is next. Who has
 * left already stays gone.
 * @throws no-such-waitlist-entry; not-in-line where a seat was taken, which is then cancelled as any booking
 */
export async function leaveWaitlist(deps: Deps, scope: PracticeScope, token: string): Promise<void> {
  const { id, editionId } = await theEntry(deps, scope, token)
  await deps.db.transaction(async tx => {
    const edition = await lockEdition(tx, scope, editionId)
    const entry = await findEntry(tx, scope, id)
    if (!edition || !entry || entry.state === 'left' || entry.state === 'lapsed') return
    const { state } = moveEntry(entry, 'left')
    await closeOffer(tx, scope, id, 'left')
    await saveEntry(tx, scope, id, { state, endedAt: deps.now() })
    const happening = {
      practice: scope.practice.id,
      actor: 'anonymous',
      kind: 'waitlist.left',
      subjects: { entry: id }
    }
    await emit(deps, tx, happening)
    await fillSeats(deps, tx, scope, edition)
  })
}
