import { queueFor } from '../availability/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { type Transaction, together } from '../kernel/database.ts'
import { findResources, lockBooking } from './store.ts'

/** The one order of locks: resources, found without a lock, then the booking. */
export async function lockWithResources(tx: Transaction, scope: PracticeScope, id: string) {
  const resources = await findResources(tx, scope, id)
  if (resources.length === 0) return undefined
  const [, booking] = await together(queueFor(tx, scope, resources), lockBooking(tx, scope, id))
  return booking
}
