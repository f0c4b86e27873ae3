import { practiceScopes } from '../identity/scope.ts'
import { forEachApart } from '../kernel/each.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { findToReconcile } from '../payments/store.ts'
import { settle } from './settle.ts'

/**
 * Asks Stripe what became of payments of which nobody told us: a webhook that never came, a payer who did not come back.
 * Asked each minute; each attempt is asked about every ten.
 */
export async function reconcileAttempts(deps: PaymentDeps): Promise<void> {
  const scopes = practiceScopes(deps)
  await forEachApart(await findToReconcile(deps.db, deps.now()), async ({ practice, attempt }) => {
    await settle(deps, await scopes.forId(practice), attempt)
  })
}
