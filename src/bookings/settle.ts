import { findConflicts } from '../availability/taken-store.ts'
import { occupied } from '../catalog/lay.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { lastly, type Transaction, together } from '../kernel/database.ts'
import { newEvent } from '../kernel/events.ts'
import { type Write, writeRows } from '../kernel/rows.ts'
import { instantOf } from '../kernel/time.ts'
import type { Attempt } from '../payments/attempt.ts'
import { findAttempt } from '../payments/attempt-store.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { isCovered } from '../payments/due.ts'
import { moveDues } from '../payments/due-store.ts'
import type { Checkout } from '../payments/gateway.ts'
import { outcomeOf, recordRows } from '../payments/record.ts'
import { requestRefund } from '../payments/refund.ts'
import { submitAttempt } from '../payments/submit-attempt.ts'
import { findAppointments, setAppointments } from './appointment-store.ts'
import { type Booking, move } from './booking.ts'
import { addRefund } from './cancellation-store.ts'
import { canHaveSeatAgain } from './choose-seat.ts'
import { lockWithResources } from './lock-store.ts'
import { insertOccupancy } from './occupancy-store.ts'
import { lockSettled } from './settle-store.ts'
import { bookingChange, findResources } from './store.ts'

/**
 * What an attempt has come to, by Stripe's own word: asked by the webhook's job and by the page that a payer returns to,
 * in any order and however often. @returns the booking's id, or undefined where there is no such attempt
 */
export async function settle(deps: PaymentDeps, scope: PracticeScope, attemptId: string): Promise<string | undefined> {
  const attempt = await findAttempt(deps.db, scope, attemptId)
  if (attempt) await settleAttempt(deps, scope, attempt)
  return attempt?.bookingId
}

/** The same for who has read the attempt. */
export async function settleAttempt(deps: PaymentDeps, scope: PracticeScope, attempt: Attempt): Promise<void> {
  const checkout = attempt.checkoutId
    ? await deps.gateway.findCheckout(attempt.checkoutId)
    : await submitAttempt(deps, scope, attempt)
  if (checkout && checkout.state !== 'open') await settleWith(deps, scope, attempt, checkout)
}

/**
 * One transaction: resources, booking, dues and attempt are locked in this order, the payment is written down, and the
 * booking follows. Paid in time: confirmed. Paid too late: the same times again if they are free and nobody let them go,
 * else everything back.
 */
export async function settleWith(
  deps: PaymentDeps,
  scope: PracticeScope,
  known: Attempt,
  checkout: Checkout
): Promise<void> {
  await deps.db.transaction(async tx => {
    const [booking, { dues, state, letGo, charged }] = await together(
      lockWithResources(tx, scope, known.bookingId),
      lockSettled(tx, scope, known, checkout.payment)
    )
    if (!booking || !state) return
    // Nothing else of an attempt that matters here ever changes.
    const attempt = { ...known, state }
    const isPaid = outcomeOf(attempt, checkout, charged) === 'paid'
    const isKept = isPaid && !letGo && (booking.state === 'held' || booking.state === 'releasing')
    const confirms = isKept && isCovered(dues.filter(({ id }) => id !== attempt.dueId))
    const recorded = recordRows(deps, scope, attempt, checkout)
    if (!isPaid || isKept) {
      if (recorded.length === 0) return
      const confirmed = confirms ? confirmation(deps, scope, booking, 'stripe') : []
      await lastly(tx, writeRows(tx, [...recorded, ...confirmed]))
      return
    }
    await writeRows(tx, recorded)
    if (!letGo && booking.state === 'expired' && (await takeAgain(deps, tx, scope, booking))) {
      await setAppointments(tx, scope, booking.id, 'planned')
      // What else is owed for it was void with the booking, and is owed again.
      await moveDues(tx, scope, booking.id, ['void'], 'scheduled')
      await confirmBooking(deps, tx, scope, booking, 'stripe')
      return
    }
    const { amount } = checkout.amount
    await requestRefund(deps, tx, scope, attempt, amount, letGo ? 'paid and let go' : 'paid after the time was gone')
    if (letGo) await addRefund(tx, scope, booking.id, amount)
  })
}

/** A booking whose conditions are met is confirmed. The caller has locked it. */
export async function confirmBooking(
  deps: PaymentDeps,
  tx: Transaction,
  scope: PracticeScope,
  booking: Booking,
  actor: string
): Promise<void> {
  await writeRows(tx, confirmation(deps, scope, booking, actor))
}

/** What confirms it, for who writes it together with others. */
function confirmation(deps: PaymentDeps, scope: PracticeScope, booking: Booking, actor: string): Write[] {
  const subjects = { booking: booking.id }
  const happening = { practice: scope.practice.id, actor, kind: 'booking.confirmed', subjects }
  return [bookingChange(scope, move(booking, 'confirmed', deps.now())), ...newEvent(deps, happening)]
}

/** The same times for a booking that had lost them, if nobody has taken them and they are still ahead. */
async function takeAgain(deps: PaymentDeps, tx: Transaction, scope: PracticeScope, booking: Booking): Promise<boolean> {
  const type = await findVersion(tx, scope, booking.sessionTypeId, booking.version)
  const appointments = await findAppointments(tx, scope, booking.id)
  const [first] = appointments
  if (!type || !first || appointments.some(({ startsAt }) => startsAt <= deps.now())) return false
  if (booking.editionId) return canHaveSeatAgain(tx, scope, booking.editionId)
  const resources = await findResources(tx, scope, booking.id)
  const intervals = appointments.map(({ ordinal, startsAt, endsAt }) => ({
    ordinal,
    start: startsAt.toMillis(),
    end: endsAt.toMillis()
  }))
  const { before, after } = type.rules
  const taken = occupied(type.plan, intervals, { before, after }, first.zone)
  const stretches = taken.map(({ start, end }) => ({ start: instantOf(start), end: instantOf(end) }))
  if (await findConflicts(tx, scope, resources, stretches)) return false
  const rows = appointments.flatMap(({ id }, index) => {
    const during = stretches[index]
    return during
      ? resources.map(resourceId => ({ practiceId: scope.practice.id, appointmentId: id, resourceId, during }))
      : []
  })
  await insertOccupancy(tx, rows)
  return true
}
