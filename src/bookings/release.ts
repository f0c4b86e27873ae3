import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { writeRows } from '../kernel/rows.ts'
import { type Attempt, isLive, isLongOver } from '../payments/attempt.ts'
import { attemptChange, findAttempts } from '../payments/attempt-store.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { lockDues } from '../payments/due-store.ts'
import { type Checkout, GatewayError, notKnown } from '../payments/gateway.ts'
import { submitAttempt } from '../payments/submit-attempt.ts'
import { move } from './booking.ts'
import { endBooking } from './end-booking.ts'
import { lockWithResources } from './lock-store.ts'
import { noteWish } from './note-wish.ts'
import { settleWith } from './settle.ts'
import { saveBooking } from './store.ts'

/**
 * The fence: a time is never freed before Stripe has said that it can no longer be paid. First the booking is
 * `releasing`, still blocked; then Stripe is asked to end the Checkout; its answer decides between expired and confirmed.
 * Where Stripe is silent long after the Checkout's own end, the time is freed and the attempt stays `unknown`: it is asked
 * about until there is an answer, and what had been paid is then a late payment. Safe to repeat at every step.
 * @param by whose wish it is: written down first, so that whoever let a time go is sold it by no payment that comes to
 * light later; it goes back whole
 */
export async function release(
  deps: PaymentDeps,
  scope: PracticeScope,
  id: string,
  by: Actor | 'system'
): Promise<void> {
  const begun = await deps.db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, id)
    if (booking?.state !== 'held' && booking?.state !== 'releasing') return false
    if (booking.state === 'held') await saveBooking(tx, scope, move(booking, 'releasing', deps.now()))
    if (by !== 'system') await noteWish(deps, tx, scope, id, by)
    return true
  })
  if (!begun) return
  const unanswered = new Set<string>()
  for (const attempt of (await findAttempts(deps.db, scope, id)).filter(isLive)) {
    const checkout = await endCheckout(deps, scope, attempt)
    if (checkout === 'silent') return
    if (checkout === 'over') unanswered.add(attempt.id)
    else if (checkout) await settleWith(deps, scope, attempt, checkout)
  }
  await deps.db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, id)
    if (booking?.state !== 'releasing') return
    await lockDues(tx, scope, id)
    const live = (await findAttempts(tx, scope, id)).filter(isLive)
    if (live.some(attempt => !unanswered.has(attempt.id))) return
    const unknown = live.map(attempt => attemptChange(scope, attempt.id, { state: 'unknown' }))
    await writeRows(tx, unknown)
    await endBooking(deps, tx, scope, booking, 'expired', by === 'system' ? by : actorName(by))
  })
}

/**
 * Ends the Checkout at Stripe; one whose opening was never answered is first learned of by its key.
 * @returns what Stripe says of it; undefined where it was refused and never came to be; where nobody answers, `over` if
 * its own end is long past, else `silent`
 */
async function endCheckout(
  deps: PaymentDeps,
  scope: PracticeScope,
  attempt: Attempt
): Promise<Checkout | undefined | 'silent' | 'over'> {
  try {
    const id = attempt.checkoutId ?? (await submitAttempt(deps, scope, attempt))?.id
    return id ? await deps.gateway.expireCheckout(id) : undefined
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    // A session that Stripe does not know (another account's keys, a database restored to an earlier day) cannot be ended.
    if (error.kind !== 'unknown' && error.code !== notKnown) throw error
    deps.log.warn({ attempt: attempt.id, code: error.code }, 'Stripe does not end a Checkout')
    return isLongOver(attempt, deps.now()) ? 'over' : 'silent'
  }
}
