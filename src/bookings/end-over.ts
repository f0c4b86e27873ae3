import { practiceScopes } from '../identity/scope.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { conclude } from './conclude.ts'
import { lockWithResources } from './lock-store.ts'
import { findNothingAhead } from './skip-store.ts'

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
      await conclude(tx, scope, booking, deps.now())
    })
  })
}
