import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { lockEdition } from './edition-store.ts'
import { fillSeats } from './keep-edition.ts'
import { closeOffer } from './offer-store.ts'
import { moveEntry } from './waitlist.ts'
import { findEntry, listPlacesOf, saveEntry } from './waitlist-store.ts'

/**
 * Ends what a couple that has ended waits for: one of them alone, or with somebody else, is not whom the practice knows and
 * has said yes to. Whoever waited hears that it is not kept for them, and neither from whom nor why. Safe to repeat.
 */
export async function endPlaces(deps: Deps, scope: PracticeScope, client: string): Promise<void> {
  for (const { id, editionId } of await listPlacesOf(deps.db, scope, client))
    await deps.db.transaction(async tx => {
      const edition = await lockEdition(tx, scope, editionId)
      const entry = await findEntry(tx, scope, id)
      if (!edition || (entry?.state !== 'waiting' && entry?.state !== 'offered')) return
      const { state } = moveEntry(entry, 'lapsed')
      await closeOffer(tx, scope, id, 'withdrawn')
      await saveEntry(tx, scope, id, { state, endedAt: deps.now() })
      const practice = scope.practice.id
      await emit(deps, tx, { practice, actor: 'system', kind: 'seat.lapsed', subjects: { entry: id } })
      await fillSeats(deps, tx, scope, edition)
    })
}
