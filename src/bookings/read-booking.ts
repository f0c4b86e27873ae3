import { listPartnerCalls } from '../clients/call-store.ts'
import { type Actor, actorName, mustMay, notAllowed } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { shows, showsNothing } from '../identity/sight.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { type Booking, noSuchBooking } from './booking.ts'
import type { BookingView } from './schema.ts'
import { readOtherTimes, seeBooking, sightOfBooking } from './see-booking.ts'
import { mustPay, standingOf } from './standing.ts'
import { findBooking } from './store.ts'
import { viewOf } from './view-booking.ts'

/**
 * A booking as this reader may see it. A staff reader's look is written down.
 * @throws no-such-booking, also where it is somebody else's: nothing tells that it exists
 */
export async function readBooking(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<BookingView> {
  const booking = await ownBooking(deps, scope, actor, id)
  if (actor.kind === 'staff')
    await record(deps.db, deps.now, {
      practice: scope.practice.id,
      actor: actorName(actor),
      kind: 'read-booking',
      subjects: [id, booking.clientId]
    })
  return viewFor(deps, scope, actor, booking)
}

/** @throws no-such-booking where there is none that this reader may know of; sign-in-needed */
export async function ownBooking(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<Booking> {
  mustMay(actor, 'read one booking')
  const booking = actor.kind === 'booking' && actor.booking !== id ? undefined : await findBooking(deps.db, scope, id)
  if (!booking || showsNothing(await sightOfBooking(deps, scope, actor, id)))
    throw noSuchBooking('There is no such booking')
  return booking
}

/** A booking that this actor may change. The mailed link shows the time alone: for more, its holder gives a mailed code. */
export async function actableBooking(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<Booking> {
  const booking = await ownBooking(deps, scope, actor, id)
  if (actor.kind === 'booking' && actor.purpose === 'booking_mail')
    throw notAllowed('Open the booking with the code that is mailed to you first')
  mustMay(actor, 'act on a booking')
  await mustBeOwn(deps, scope, actor, id)
  const standing = actor.kind === 'person' ? await standingOf(deps.db, scope, actor, booking) : 'booker'
  if (!standing) throw notAllowed('You see this as the other of two, and take no part in it yourself')
  if (standing === 'asked') throw notAllowed('You are asked whether this suits you: answer that first')
  return booking
}

/** A booking that this actor may pay or confirm. @throws not-allowed for the other of two */
export async function payableBooking(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<Booking> {
  const booking = await actableBooking(deps, scope, actor, id)
  await mustPay(deps.db, scope, actor, booking)
  return booking
}

/** Who may not see what changes may not change it: to another therapist it is busy time. @throws not-allowed */
export async function mustBeOwn(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<void> {
  if (!shows(await sightOfBooking(deps, scope, actor, id), 'changes'))
    throw notAllowed('This is another therapist’s booking: only they and the owner can change it')
}

/** A booking rendered for its reader. */
export async function viewFor(deps: Deps, scope: PracticeScope, actor: Actor, booking: Booking): Promise<BookingView> {
  const view = viewOf(booking.id, await seeBooking(deps, scope, actor, booking))
  // To staff who see whose booking it is: whether it is known who that is.
  const [call] = actor.kind === 'staff' && view.client ? await listPartnerCalls(deps.db, scope, [booking.clientId]) : []
  const otherTimes = await readOtherTimes(deps, scope, actor, booking)
  return {
    ...view,
    ...(otherTimes.length > 0 && { otherTimes }),
    ...(call && { verified: call.spokenAt !== null })
  }
}
