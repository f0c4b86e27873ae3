import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { moveDues } from '../payments/due-store.ts'
import { setAppointments } from './appointment-store.ts'
import { type Booking, move } from './booking.ts'
import { deleteOccupancy } from './occupancy-store.ts'
import { saveBooking } from './store.ts'

/**
 * Ends a booking that never came to be: its times are free again, nothing is owed. The caller has locked its resources
 * and the booking, and knows that nothing can be paid any more.
 */
export async function endBooking(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  booking: Booking,
  to: 'expired' | 'declined',
  actor: string
): Promise<void> {
  await saveBooking(tx, scope, move(booking, to, deps.now()))
  await deleteOccupancy(tx, scope, booking.id)
  await setAppointments(tx, scope, booking.id, 'cancelled')
  await moveDues(tx, scope, booking.id, ['scheduled', 'open', 'processing', 'past_due'], 'void')
  const happening = { practice: scope.practice.id, actor, kind: `booking.${to}`, subjects: { booking: booking.id } }
  await emit(deps, tx, happening)
}
