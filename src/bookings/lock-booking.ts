import { queueForBooking } from '../availability/queue-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { type Transaction, together } from '../kernel/database.ts'
import type { Booking } from './booking.ts'
import { lockBooking } from './store.ts'

/** The one order of locks: resources, found without a lock, then the booking. One round trip. */
export async function lockWithResources(
  tx: Transaction,
  scope: PracticeScope,
  id: string
): Promise<Booking | undefined> {
  const [, booking] = await together(queueForBooking(tx, scope, id), lockBooking(tx, scope, id))
  return booking
}
