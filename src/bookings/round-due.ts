import type { DateTime } from 'luxon'
import { runOf, sharesOf } from '../catalog/run.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { newId } from '../kernel/ids.ts'
import type { Booking } from './booking.ts'
import { insertDue } from './series-store.ts'
import { setShare } from './skip-store.ts'

/** What an appointment of a further round costs by the version that was booked: as the one of its place in the first. */
export async function shareOfRound(
  tx: Transaction,
  scope: PracticeScope,
  booking: Booking,
  ordinal: number
): Promise<number> {
  const whole = await findVersion(tx, scope, booking.sessionTypeId, booking.version)
  const run = whole && runOf(whole)
  return (run && sharesOf(run)?.get(ordinal % whole.plan.segments.length)) ?? 0
}

/** What is owed for a round that found another time after all. */
export async function oweRound(
  tx: Transaction,
  scope: PracticeScope,
  booking: Booking,
  { id, ordinal }: { id: string; ordinal: number },
  dueAt: DateTime
) {
  const amount = await shareOfRound(tx, scope, booking, ordinal)
  if (amount === 0) return
  await setShare(tx, scope, id, amount)
  await insertDue(tx, dueOf(scope, booking, id, amount, dueAt))
}

/** A round's own due: on its day, and not needed for the booking to stand. */
export function dueOf(
  { practice }: PracticeScope,
  booking: Booking,
  appointmentId: string,
  amount: number,
  dueAt: DateTime
) {
  return {
    practiceId: practice.id,
    id: newId(),
    bookingId: booking.id,
    appointmentId,
    payerId: booking.bookerId,
    reason: 'session' as const,
    amount,
    currency: booking.price.currency,
    dueAt,
    required: false,
    state: 'scheduled' as const
  }
}
