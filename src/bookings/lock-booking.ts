import { queueFor } from '../availability/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { findResources, lockBooking } from './store.ts'

/** The one order of locks: resources, found without a lock, then the booking. */
export async function lockWithResources(tx: Transaction, scope: PracticeScope, id: string) {
  const resources = await findResources(tx, scope, id)
  if (resources.length === 0) return undefined
  await queueFor(tx, scope, resources)
  return lockBooking(tx, scope, id)
}
