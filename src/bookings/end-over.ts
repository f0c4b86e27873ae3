import { practiceScopes } from '../identity/scope.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { move } from './booking.ts'
import { lockWithResources } from './lock-booking.ts'
import { outcomeNow } from './outcome-now.ts'
import { findNothingAhead } from './skip-store.ts'
import { saveBooking } from './store.ts'

/**
 * Ends the series of which nothing is ahead, once what was let fall late can be made up for no longer. Asked each minute.
 */
export async function endOver(deps: Deps): Promise<void> {
  const scopes = practiceScopes(deps)
  await forEachApart(await findNothingAhead(deps.db), async ({ practice, booking: id }) => {
    const scope = await scopes.forId(practice)
    await deps.db.transaction(async tx => {
      const booking = await lockWithResources(tx, scope, id)
      if (booking?.state !== 'confirmed') return
      const now = deps.now()
      const outcome = await outcomeNow(tx, scope, booking, now)
      if (outcome) await saveBooking(tx, scope, move(booking, outcome, now))
    })
  })
}
