import { practiceScopes } from '../identity/scope.ts'
import { forEachApart } from '../kernel/each.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { findToReconcile, updateAttempt } from '../payments/store.ts'
import { settle } from './settle.ts'

/**
 * Asks Stripe what became of payments of which nobody told us: a webhook that never came, a payer who did not come back.
 * Asked each minute, or whenever the last round is over; each attempt from its fifth minute on, every ten minutes.
 */
export async function reconcileAttempts(deps: PaymentDeps): Promise<void> {
  const scopes = practiceScopes(deps)
  const now = deps.now()
  const due = { madeBefore: now.minus({ minutes: 5 }), askedBefore: now.minus({ minutes: 10 }) }
  await forEachApart(await findToReconcile(deps.db, due), async ({ practice, attempt }) => {
    const scope = await scopes.forId(practice)
    // Written down first: one that fails waits its ten minutes like every other.
    await updateAttempt(deps.db, scope, attempt, { askedAt: now })
    await settle(deps, scope, attempt)
  })
}
