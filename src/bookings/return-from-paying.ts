import type { PracticeScope } from '../identity/practice.ts'
import { isLive } from '../payments/attempt.ts'
import { findAttempt } from '../payments/attempt-store.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { GatewayError, notKnown } from '../payments/gateway.ts'
import { settleAttempt } from './settle.ts'

/**
 * Who comes back from paying is led to their booking, which is settled first where that was not done yet. An attempt that
 * is decided is asked about no more; one whose Checkout Stripe does not know leaves the booking as it is.
 * @returns the booking's id, or undefined where there is no such attempt
 */
export async function returnFromPaying(
  deps: PaymentDeps,
  scope: PracticeScope,
  attemptId: string
): Promise<string | undefined> {
  const attempt = await findAttempt(deps.db, scope, attemptId)
  if (attempt && isLive(attempt))
    await settleAttempt(deps, scope, attempt).catch(error => {
      if (!(error instanceof GatewayError) || error.code !== notKnown) throw error
      deps.log.warn(
        { attempt: attemptId, code: error.code },
        'Stripe does not know the Checkout that a payer returns from'
      )
    })
  return attempt?.bookingId
}
