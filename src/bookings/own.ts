import { isMember } from '../clients/store.ts'
import type { Actor } from '../identity/actor.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Booking } from './booking.ts'

/** Whether a booking is this person's: booked by them, under any of their ids, or of a client to whom they belong now. */
export async function isOwn(
  db: Executor,
  scope: PracticeScope,
  person: string,
  { bookerId, clientId }: Pick<Booking, 'bookerId' | 'clientId'>
): Promise<boolean> {
  const own = await ownIds(db, scope, person)
  return own.includes(bookerId) || isMember(db, scope, clientId, own)
}

/** Whose dues a client's reader sees: their own, and no other member's. Undefined for staff: all of them. */
export async function payersSeenBy(db: Executor, scope: PracticeScope, actor: Actor): Promise<string[] | undefined> {
  return actor.kind === 'person' ? ownIds(db, scope, actor.person) : undefined
}
