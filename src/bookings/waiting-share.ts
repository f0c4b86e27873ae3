import type { DateTime } from 'luxon'
import { isWholeWithSteps } from '../catalog/plan.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { instantOf } from '../kernel/time.ts'
import { findAppointments } from './appointment-store.ts'
import type { Booking } from './booking.ts'
import { waitingSteps } from './open-steps.ts'
import { type Waiting, waitingAt } from './parts.ts'
import { findBooked } from './store.ts'

/**
 * What of the price, in minor units, is for steps beside what belongs together that were taken along and have no time: it
 * comes back when the booking ends. A step that its client let pass waits no more, and comes back only from the practice.
 * The other's own steps are not among them for whoever is not told of these: `withOthersSteps` counts them.
 */
export async function waitingShare(
  db: Executor,
  scope: PracticeScope,
  booking: Booking,
  at: DateTime,
  hidden: readonly string[]
): Promise<number> {
  const waiting = await listWaiting(db, scope, booking, hidden)
  return waitingAt(waiting, hidden.length === 0 ? undefined : at)
}

/** Each of them by itself. */
export async function listWaiting(
  db: Executor,
  scope: PracticeScope,
  booking: Booking,
  hidden: readonly string[]
): Promise<Waiting[]> {
  const booked = await findBooked(db, scope, booking.id)
  if (!booked || !isWholeWithSteps(booked.plan) || booking.price.amount === 0) return []
  const { plan } = booked
  return waitingSteps(plan, await findAppointments(db, scope, booking.id))
    .filter(({ who }) => !hidden.includes(who))
    .map(({ ordinal, to }) => ({ amount: plan.segments[ordinal]?.price ?? 0, to: instantOf(to) }))
}
