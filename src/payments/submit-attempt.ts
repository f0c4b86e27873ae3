import { readRecipient } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { linkBase } from '../identity/scope.ts'
import type { Transaction } from '../kernel/database.ts'
import { emit } from '../kernel/events.ts'
import type { Attempt } from './attempt.ts'
import { endUnopened, isFirstRefusal, setOpened } from './attempt-store.ts'
import type { PaymentDeps } from './deps.ts'
import { type Checkout, GatewayError } from './gateway.ts'

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
      displayName: scope.practice.discreetName,
      statement: scope.practice.policies.statement
    })
    await setOpened(db, scope, attempt.id, { checkout: checkout.id, url: checkout.url })
    return checkout
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== 'refused') throw error
    deps.log.error({ attempt: attempt.id, code: error.code }, 'Stripe refused to open a Checkout Session')
    await db.transaction(tx => noteRefusal(deps, tx, scope, attempt, error.code ?? 'refused'))
    return undefined
  }
}

/** The attempt is failed. The payer hears of it while the time is kept, once, however often it is tried again. */
async function noteRefusal(
  deps: PaymentDeps,
  tx: Transaction,
  scope: PracticeScope,
  attempt: Attempt,
  code: string
): Promise<void> {
  const isNew = await endUnopened(tx, scope, attempt.id, { state: 'failed', code })
  if (!isNew || !(await isFirstRefusal(tx, scope, attempt, deps.now()))) return
  const subjects = { booking: attempt.bookingId, attempt: attempt.id }
  await emit(deps, tx, { practice: scope.practice.id, actor: 'stripe', kind: 'booking.payment-failed', subjects })
}
