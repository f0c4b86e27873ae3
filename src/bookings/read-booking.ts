import { type Actor, actorName, mustMay, notAllowed } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { isLive } from '../payments/attempt.ts'
import { findAttempts, findDues } from '../payments/store.ts'
import { type Booking, noSuchBooking } from './booking.ts'
import { peopleOf } from './people-of.ts'
import type { BookingView } from './schema.ts'
import { mustPay, seesPayment, standingOf } from './standing.ts'
import { findAppointments, findBooked, findBooking } from './store.ts'
import { isStranger, isTherapistAlone, sightOf, viewOf } from './view-booking.ts'

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

/** @throws no-such-booking where the token belongs to another booking or there is none; sign-in-needed */
export async function ownBooking({ db }: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<Booking> {
  mustMay(actor, 'read one booking')
  const booking = actor.kind === 'booking' && actor.booking !== id ? undefined : await findBooking(db, scope, id)
  const isOwn = booking && (actor.kind !== 'person' || (await standingOf(db, scope, actor, booking)))
  if (!isOwn) throw noSuchBooking('There is no such booking')
  return booking
}

/** A booking that this actor may change. The mailed link shows the time alone: for more, its holder gives a mailed code. */
export async function actableBooking(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<Booking> {
  const booking = await ownBooking(deps, scope, actor, id)
  if (actor.kind === 'booking' && actor.purpose === 'booking_mail')
    throw notAllowed('Open the booking with the code that is mailed to you first')
  mustMay(actor, 'act on a booking')
  await mustBeOwn(deps, scope, actor, id)
  if (actor.kind === 'person' && (await standingOf(deps.db, scope, actor, booking)) === 'asked')
    throw notAllowed('You are asked whether this suits you: answer that first')
  return booking
}

/** A booking that this actor may pay or confirm. @throws not-allowed for the other of two */
export async function payableBooking(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<Booking> {
  const booking = await actableBooking(deps, scope, actor, id)
  await mustPay(deps.db, scope, actor, booking)
  return booking
}

/** Another therapist's booking is busy time to a therapist, and nothing else. @throws not-allowed */
export async function mustBeOwn({ db }: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<void> {
  if (!isTherapistAlone(actor)) return
  const booked = await findBooked(db, scope, id)
  if (isStranger(actor, booked?.therapistPerson ?? null))
    throw notAllowed('This is another therapist’s booking: only they and the owner can change it')
}

/** A booking rendered for its reader, with what it needs besides its own row. */
export async function viewFor(deps: Deps, scope: PracticeScope, actor: Actor, booking: Booking): Promise<BookingView> {
  const { db } = deps
  const { id, state } = booking
  const [booked, appointments] = await Promise.all([findBooked(db, scope, id), findAppointments(db, scope, id)])
  if (!booked) throw new Error(`The booking ${id} has no session type, therapist or place`)
  const { typeSlug, therapistSlug, therapistPerson, place } = booked
  const pays = await seesPayment(db, scope, actor, booking)
  const sight = sightOf(actor, therapistPerson, pays)
  const open =
    actor.kind !== 'staff' && pays && state === 'held' ? (await findAttempts(db, scope, id)).find(isLive) : undefined
  return viewOf(actor, sight, booking, {
    typeSlug,
    therapistSlug,
    placeSlug: place.slug,
    appointments,
    ...(pays && actor.kind !== 'staff' && { url: open?.url ?? null }),
    ...(sight.amounts && { dues: await findDues(db, scope, id) }),
    ...(actor.kind === 'staff' && sight.names && (await peopleOf(deps, scope, booking)))
  })
}
