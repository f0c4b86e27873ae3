import type { PracticeScope } from '../identity/practice.ts'
import { type Attempt, isLive } from '../payments/attempt.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { type Checkout, GatewayError } from '../payments/gateway.ts'
import { findAttempts } from '../payments/store.ts'
import { submitAttempt } from '../payments/submit-attempt.ts'
import { move } from './booking.ts'
import { endBooking } from './end-booking.ts'
import { lockWithResources } from './lock-booking.ts'
import { settleWith } from './settle.ts'
import { saveBooking } from './store.ts'

/** Without an answer from Stripe a time is freed only when its Checkout has been over for so long. */
const silenceMinutes = 15

/**
 * The fence: a time is never freed before Stripe has said that it can no longer be paid. First the booking is
 * `releasing`, still blocked; then Stripe is asked to end the Checkout; its answer decides between expired and confirmed.
 * Safe to repeat at every step.
 */
export async function release(deps: PaymentDeps, scope: PracticeScope, id: string, actor: string): Promise<void> {
  const begun = await deps.db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, id)
    if (booking?.state === 'held') await saveBooking(tx, scope, move(booking, 'releasing', deps.now()))
    return booking?.state === 'held' || booking?.state === 'releasing'
  })
  if (!begun) return
  for (const attempt of (await findAttempts(deps.db, scope, id)).filter(isLive)) {
    const checkout = await endCheckout(deps, scope, attempt)
    if (checkout === 'silent') return
    if (checkout) await settleWith(deps, scope, attempt.id, checkout)
  }
  await deps.db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, id)
    if (booking?.state !== 'releasing') return
    if ((await findAttempts(tx, scope, id)).some(isLive)) return
    await endBooking(deps, tx, scope, booking, 'expired', actor)
  })
}

/** Ends the Checkout at Stripe; one whose opening was never answered is first learned of by its key. */
async function endCheckout(
  deps: PaymentDeps,
  scope: PracticeScope,
  attempt: Attempt
): Promise<Checkout | undefined | 'silent'> {
  try {
    const id = attempt.checkoutId ?? (await submitAttempt(deps, scope, attempt))?.id
    return id ? await deps.gateway.expireCheckout(id) : undefined
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== 'unknown') throw error
    deps.log.warn({ attempt: attempt.id }, 'Stripe does not answer: the time stays blocked')
    const over = attempt.expiresAt.plus({ minutes: silenceMinutes }) < deps.now()
    if (!over) return 'silent'
    const { amount, expiresAt } = attempt
    return { id: attempt.checkoutId ?? '', url: null, state: 'expired', paid: false, payment: null, amount, expiresAt }
  }
}
