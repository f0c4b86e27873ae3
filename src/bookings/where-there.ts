import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { findLivePlace } from './mailbox-store.ts'
import { listSeatBookings } from './seat-store.ts'

/** The client who has a seat or a place in line already, of whoever is signed in. Asked under the edition's lock. */
export async function whereThere(
  tx: Transaction,
  scope: PracticeScope,
  editionId: string,
  who: { client: string | undefined; person: string }
): Promise<string | undefined> {
  const seat = (await listSeatBookings(tx, scope, editionId)).find(({ clientId }) => clientId === who.client)
  return (seat ?? (await findLivePlace(tx, scope, editionId, who)))?.clientId
}
