import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { endDues, lockDues } from '../payments/due-store.ts'
import { type Booking, move } from './booking.ts'
import { insertCancellation } from './cancellation-store.ts'
import { outcomeNow } from './outcome-now.ts'
import { listSkips } from './skip-store.ts'
import { saveBooking } from './store.ts'

/**
 * Moves a booking to what it has come to, where it has: what was kept of it, or took place, stays owed as it was. One of which
 * each was let fall for nothing is cancelled, by whoever let the last of it fall; everybody has heard of each. The caller has
 * locked the booking. Safe to repeat.
 */
export async function conclude(
  tx: Transaction,
  scope: PracticeScope,
  booking: Booking,
  now: Booking['createdAt']
): Promise<void> {
  const outcome = await outcomeNow(tx, scope, booking, now)
  if (!outcome || booking.state === 'cancelled' || outcome === booking.state) return
  await saveBooking(tx, scope, move(booking, outcome, now))
  if (outcome !== 'cancelled') return
  await lockDues(tx, scope, booking.id)
  await endDues(tx, scope, booking.id, 0)
  const skips = (await listSkips(tx, scope, [booking.id])).sort((one, other) => one.at.toMillis() - other.at.toMillis())
  const last = skips.at(-1)
  if (!last) throw new Error(`Nobody let anything fall of the booking ${booking.id}`)
  const { practiceId, bookingId, by, actor, band } = last
  const refund = skips.reduce((sum, skip) => sum + skip.refund, 0)
  await insertCancellation(tx, { practiceId, bookingId, by, actor, at: now, band, refund, fee: 0 })
}
