import type { DateTime } from 'luxon'
import { isWholeWithSteps } from '../catalog/plan.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { findAppointments } from './appointment-store.ts'
import type { Booking } from './booking.ts'
import { waitingSteps } from './open-steps.ts'
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
  const booked = await findBooked(db, scope, booking.id)
  if (!booked || !isWholeWithSteps(booked.plan) || booking.price.amount === 0) return 0
  const { plan } = booked
  return waitingSteps(plan, await findAppointments(db, scope, booking.id))
    .filter(({ who, to }) => !hidden.includes(who) && (hidden.length === 0 || to > at.toMillis()))
    .reduce((sum, { ordinal }) => sum + (plan.segments[ordinal]?.price ?? 0), 0)
}
