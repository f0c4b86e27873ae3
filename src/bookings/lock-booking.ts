import { queueFor } from '../availability/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { findBooking, findResources, lockBooking } from './store.ts'

/** The one order of locks: resources, found without a lock, then the booking. */
export async function lockWithResources(tx: Transaction, scope: PracticeScope, id: string) {
  if (!(await findBooking(tx, scope, id))) return undefined
  await queueFor(tx, scope, await findResources(tx, scope, id))
  return lockBooking(tx, scope, id)
}
