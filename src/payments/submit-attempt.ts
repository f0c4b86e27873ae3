import { readRecipient } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { linkBase } from '../identity/scope.ts'
import type { Attempt } from './attempt.ts'
import type { PaymentDeps } from './deps.ts'
import { type Checkout, GatewayError } from './gateway.ts'
import { setOpened } from './store.ts'

/**
 * Opens the attempt's Checkout Session, or learns of the one that an earlier call with the same key opened. Outside
 * any transaction.
 * @param email the payer's address, where it is known already
 * @returns undefined where Stripe definitely refused: the attempt is then failed
 * @throws GatewayError of kind `unknown` where no answer came: the attempt stays as it was
 */
export async function submitAttempt(
  deps: PaymentDeps,
  scope: PracticeScope,
  attempt: Attempt,
  email?: string
): Promise<Checkout | undefined> {
  const { db, gateway, settings } = deps
  const address = email ?? (await readRecipient(deps, db, scope, attempt.payerId)).email
  const base = linkBase(settings, scope.practice)
  try {
    const checkout = await gateway.openCheckout({
      key: attempt.idempotencyKey,
      attempt: attempt.id,
      amount: attempt.amount,
      email: address,
      expiresAt: attempt.expiresAt,
      returnUrl: `${base}/x/${attempt.id}`,
      cancelUrl: `${base}/b/${attempt.bookingId}`,
      displayName: scope.practice.discreetName
    })
    await setOpened(db, scope, attempt.id, { state: 'submitted', checkoutId: checkout.id, url: checkout.url })
    return checkout
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== 'refused') throw error
    deps.log.error({ attempt: attempt.id, code: error.code }, 'Stripe refused to open a Checkout Session')
    await setOpened(db, scope, attempt.id, { state: 'failed', code: error.code ?? 'refused' })
    return undefined
  }
}
