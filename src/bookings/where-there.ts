import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { hasSeat } from './choose-seat.ts'
import { findLivePlace } from './mailbox-store.ts'
import { listSeatBookings } from './seat-store.ts'

/**
 * The client who has a seat or a place in line already, of whoever is signed in: their couple, or another with which they
 * asked for it. Asked under the edition's lock.
 * @param who.own the ids under which their own things stand
 */
export async function whereThere(
  tx: Transaction,
  scope: PracticeScope,
  editionId: string,
  { client, person, own }: { client: string | undefined; person: string; own: readonly string[] }
): Promise<string | undefined> {
  const seats = await listSeatBookings(tx, scope, editionId)
  const seat = seats.find(({ clientId, bookerId }) => clientId === client || own.includes(bookerId))
  return (seat ?? (await findLivePlace(tx, scope, editionId, { client, person, own })))?.clientId
}

/** @throws already-coming where one of these ids of a person has a seat, with whichever couple they asked for it */
export async function mustHaveNoSeat(
  tx: Transaction,
  scope: PracticeScope,
  editionId: string,
  own: readonly string[]
): Promise<void> {
  if (own.length === 0) return
  const seats = await listSeatBookings(tx, scope, editionId)
  if (seats.some(({ bookerId }) => own.includes(bookerId))) throw hasSeat()
}
