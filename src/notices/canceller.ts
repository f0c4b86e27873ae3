import { isJoint } from '../bookings/acceptance.ts'
import { findAcceptances } from '../bookings/acceptance-store.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { findBooking } from './store.ts'

/**
 * Which of two cancelled, where it was not whoever booked: nobody at all where staff wrote it down for one of them and did
 * not say for whom. Undefined where the booker did, or staff for the only client.
 */
export async function cancellerOf({ db }: Deps, scope: PracticeScope, bookingId: string, actor: string) {
  const booking = await findBooking(db, scope, bookingId)
  const [kind, id = ''] = actor.split(':')
  if (kind === 'staff') return isJoint(await findAcceptances(db, scope, bookingId)) ? [] : undefined
  const people = kind === 'person' ? await ownIds(db, scope, id) : []
  return people.length === 0 || people.includes(booking?.bookerId ?? '') ? undefined : people
}

/** Whether a client gave it back, and not the other of two. */
export async function isBookers(
  deps: Deps,
  scope: PracticeScope,
  booking: string,
  { by, actor }: { by: string; actor: string }
) {
  return by === 'client' && (await cancellerOf(deps, scope, booking, actor)) === undefined
}
