import { practiceScopes } from '../identity/scope.ts'
import { forEachApart } from '../kernel/each.ts'
import { writeRows } from '../kernel/rows.ts'
import { attemptChange, findToReconcile } from '../payments/attempt-store.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { GatewayError, notKnown } from '../payments/gateway.ts'
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
    await writeRows(deps.db, [attemptChange(scope, attempt, { askedAt: now })])
    await settle(deps, scope, attempt).catch(error => {
      // Of another account's keys, or of a database restored to another day: it is asked again, but is no failure of ours.
      if (!(error instanceof GatewayError) || error.code !== notKnown) throw error
      deps.log.warn({ attempt, code: error.code }, 'Stripe does not know a Checkout that it is asked about')
    })
  })
}
