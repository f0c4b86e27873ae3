import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { hasSeat } from './choose-seat.ts'
import { findLivePlace } from './mailbox-store.ts'
import { listSeatBookings } from './seat-store.ts'

/** What somebody has already of some dates: a seat, a place in line of their own, or their couple's, for which the other asked. */
export interface There {
  clientId: string
  has: 'seat' | 'own-place' | 'place-of-two'
}

/**
 * What there is already of whoever is signed in: of their couple, or of another client with which they asked for it. Asked
 * under the edition's lock.
 * @param who.own the ids under which their own things stand
 */
export async function whereThere(
  tx: Transaction,
  scope: PracticeScope,
  editionId: string,
  { client, person, own }: { client: string | undefined; person: string; own: readonly string[] }
): Promise<There | undefined> {
  const seats = await listSeatBookings(tx, scope, editionId)
  const seat = seats.find(({ clientId, bookerId }) => clientId === client || own.includes(bookerId))
  if (seat) return { clientId: seat.clientId, has: 'seat' }
  const place = await findLivePlace(tx, scope, editionId, { client, person, own })
  if (!place) return undefined
  const others = place.clientId === client && !own.includes(place.personId)
  return { clientId: place.clientId, has: others ? 'place-of-two' : 'own-place' }
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
