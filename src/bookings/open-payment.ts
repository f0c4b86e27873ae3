import { DateTime } from 'luxon'
import type { PracticeScope } from '../identity/practice.ts'
import { writeRows } from '../kernel/rows.ts'
import { type Attempt, holdMinutes, isLive, isLongOver } from '../payments/attempt.ts'
import { endUnopened, findAttempts } from '../payments/attempt-store.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { nothingToPay, paymentLost } from '../payments/due.ts'
import { lockDues } from '../payments/due-store.ts'
import { type Checkout, GatewayError, notKnown } from '../payments/gateway.ts'
import { planAttempt } from '../payments/plan-attempt.ts'
import { submitAttempt } from '../payments/submit-attempt.ts'
import { findAcceptances } from './acceptance-store.ts'
import { findAppointments } from './appointment-store.ts'
import { asItIs } from './as-it-is.ts'
import { type Booking, noSuchBooking, payUntil, wrongState } from './booking.ts'
import { lockWithResources } from './lock-store.ts'
import { settle } from './settle.ts'
import { saveBooking } from './store.ts'

/** A hold that somebody is still paying is prolonged at most until so long after it was made. */
const longestHoldMinutes = 90

const nothingToPayNow = { requested: 'nothing is to be paid before it is', confirmed: 'nothing is to be paid now' }

/**
 * Where to pay: the open Checkout of the booking, or a new one where the last has ended.
 * @throws no-such-booking; wrong-state where it is not held any more; nothing-to-pay; payment-lost
 */
export async function openPayment(deps: PaymentDeps, scope: PracticeScope, id: string): Promise<{ url: string }> {
  const [last] = await findAttempts(deps.db, scope, id)
  if (last && isLive(last)) {
    const checkout = last.checkoutId
      ? await findCheckout(deps, scope, last, last.checkoutId)
      : await submitAttempt(deps, scope, last)
    if (checkout?.state === 'open' && checkout.url) return { url: checkout.url }
    if (checkout) await settle(deps, scope, last.id)
  }
  const attempt = await deps.db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, id)
    if (!booking) throw noSuchBooking('There is no such booking')
    if (booking.state !== 'held') throw wrongState(asItIs(booking.state, nothingToPayNow))
    const due = (await lockDues(tx, scope, id)).find(({ required, state }) => required && state === 'open')
    if (!due) throw nothingToPay('This booking costs nothing')
    const [newest] = await findAttempts(tx, scope, id)
    // Somebody else opened the next one meanwhile: it is theirs and ours.
    if (newest && isLive(newest)) return newest
    const until = deps.now().plus({ minutes: holdMinutes })
    if (booking.holdUntil && booking.holdUntil < until) {
      const [first] = await findAppointments(tx, scope, id)
      if (prolongedUntil(booking, await findAcceptances(tx, scope, id), first?.startsAt) < until)
        throw wrongState('This time was kept long enough. Choose it again if it is still free')
      await saveBooking(tx, scope, { ...booking, holdUntil: until })
    }
    const { attempt, rows } = planAttempt(deps, scope, id, due, (newest?.number ?? 0) + 1)
    await writeRows(tx, rows)
    return attempt
  })
  const checkout = await submitAttempt(deps, scope, attempt)
  if (!checkout?.url) throw wrongState('The payment page could not be opened. Please try again in a minute')
  return { url: checkout.url }
}

/**
 * The Checkout that an attempt has at Stripe. One that Stripe does not know (another account's keys, a database restored
 * to an earlier day) is given up when nobody can pay it any more.
 * @returns undefined where it was given up
 * @throws payment-lost as long as it might be paid
 */
async function findCheckout(
  { db, gateway, log, now }: PaymentDeps,
  scope: PracticeScope,
  attempt: Attempt,
  id: string
): Promise<Checkout | undefined> {
  try {
    return await gateway.findCheckout(id)
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== notKnown) throw error
    log.warn({ attempt: attempt.id, code: error.code }, 'Stripe does not know the Checkout of a payer who asks for it')
    if (!isLongOver(attempt, now()))
      throw paymentLost('If you have paid there, you need do nothing. If not, choose another time, or ask us')
    await endUnopened(db, scope, attempt.id, { state: 'cancelled', code: 'lost' })
    return undefined
  }
}

/**
 * Opens the Checkout of a booking that was just made. Where Stripe does not answer, the booking stands: its payment is
 * opened again by whoever asks for it, with the same key.
 * @returns where to pay, if Stripe says so
 */
export async function submitPayment(
  deps: PaymentDeps,
  scope: PracticeScope,
  attempt: Attempt,
  email: string
): Promise<string | undefined> {
  try {
    const checkout = await submitAttempt(deps, scope, attempt, email)
    return checkout?.url ?? undefined
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== 'unknown') throw error
    deps.log.warn({ attempt: attempt.id }, 'Stripe did not answer when a Checkout was to be opened')
    return undefined
  }
}

/**
 * Until when a hold is prolonged for who is paying: 90 minutes from the booking, or one Checkout beyond an approval's 48
 * hours; never beyond its own start.
 */
function prolongedUntil(
  { createdAt }: Booking,
  acceptances: readonly { at: DateTime | null }[],
  start: DateTime | undefined
): DateTime {
  const [approvedAt] = acceptances.flatMap(({ at }) => at ?? []).sort((one, other) => other.toMillis() - one.toMillis())
  const longest = approvedAt
    ? payUntil(approvedAt).plus({ minutes: holdMinutes })
    : createdAt.plus({ minutes: longestHoldMinutes })
  return start ? DateTime.min(longest, start) : longest
}
