import { type Action, type Actor, actorName, may, mustMay, notAllowed } from '../identity/actor.ts'
import { readPerson } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { isLive } from '../payments/attempt.ts'
import type { Due } from '../payments/due.ts'
import { findAttempts, findDues } from '../payments/store.ts'
import { type Booking, noSuchBooking } from './booking.ts'
import type { BookingView } from './schema.ts'
import { findAppointments, findBooked, findBooking } from './store.ts'

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
  if (!booking) throw noSuchBooking('There is no such booking')
  return booking
}

/** A booking that this actor may change. The mailed link shows the time alone: for more, its holder gives a mailed code. */
export async function actableBooking(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<Booking> {
  const booking = await ownBooking(deps, scope, actor, id)
  if (actor.kind === 'booking' && actor.purpose === 'booking_mail')
    throw notAllowed('Open the booking with the code that is mailed to you first')
  mustMay(actor, 'act on a booking')
  await mustBeOwn(deps, scope, actor, id)
  return booking
}

/** Another therapist's booking is busy time to a therapist, and nothing else. @throws not-allowed */
export async function mustBeOwn({ db }: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<void> {
  if (!isTherapistAlone(actor)) return
  const booked = await findBooked(db, scope, id)
  if (isStranger(actor, booked?.therapistPerson ?? null))
    throw notAllowed('This is another therapist’s booking: only they and the owner can change it')
}

/**
 * Rendered for its reader from the start: the mailed link's holder and another therapist read the time alone; the booker
 * and the booking's own therapist all of it; other staff what their role needs.
 */
export async function viewFor(deps: Deps, scope: PracticeScope, actor: Actor, booking: Booking): Promise<BookingView> {
  const { db } = deps
  const [booked, times] = await Promise.all([
    findBooked(db, scope, booking.id),
    findAppointments(db, scope, booking.id)
  ])
  const sight = sightOf(actor, booked?.therapistPerson ?? null)
  const appointments = times.map(({ id, startsAt, endsAt, who, state }) => ({
    id,
    start: startsAt,
    end: endsAt,
    state,
    ...(booked && sight.place && { therapist: booked.therapistSlug, place: booked.place.slug }),
    ...(sight.type && { who })
  }))
  const { id, state, holdUntil } = booking
  const open =
    actor.kind === 'booking' && state === 'held' ? (await findAttempts(db, scope, id)).find(isLive) : undefined
  return {
    id,
    state,
    holdUntil: state === 'held' ? holdUntil : null,
    appointments,
    ...(booked && sight.type && { sessionType: booked.typeSlug }),
    ...(sight.amounts && { price: booking.price, dues: (await findDues(db, scope, id)).map(viewDue) }),
    ...(actor.kind === 'booking' && sight.amounts && { payment: open?.url ? { url: open.url } : null }),
    ...(actor.kind === 'staff' && (sight.names || sight.amounts) && { client: booking.clientId }),
    ...(actor.kind === 'staff' &&
      sight.names && { people: [{ name: (await readPerson(deps, db, scope, booking.bookerId)).name ?? '' }] })
  }
}

function isTherapistAlone(actor: Actor): boolean {
  return actor.kind === 'staff' && actor.roles.every(role => role === 'therapist')
}

function isStranger(actor: Actor, therapist: string | null): boolean {
  return actor.kind === 'staff' && isTherapistAlone(actor) && actor.person !== therapist
}

/** What of a booking an actor sees besides its times: the rows of the policy table in domain.md, "Who sees what". */
function sightOf(actor: Actor, therapist: string | null) {
  const stranger = isStranger(actor, therapist)
  const sees = (action: Action) => !stranger && may(actor, action)
  return {
    type: sees('read session types of bookings'),
    place: sees('read places of bookings'),
    amounts: sees('read amounts'),
    names: sees('read names')
  }
}

function viewDue({ reason, amount, dueAt, state }: Due) {
  return { reason, amount, dueAt, state }
}
