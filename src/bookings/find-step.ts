import type { Moving } from '../availability/choose-move.ts'
import { aloneOf, sharesOf } from '../catalog/run.ts'
import { isStep } from '../catalog/segment.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { findVersion } from '../catalog/store.ts'
import { type Actor, notAllowed } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { type Booking, wrongState } from './booking.ts'
import { betweenOf, movingRules } from './list-moves.ts'
import { isOwn, whoseOf } from './own-times.ts'
import { findAppointments, findBooked } from './store.ts'

/**
 * A step that waits for a time, as a move is asked for: by itself, between those that have one.
 * @throws wrong-state where it has a time, or the booking is not confirmed; not-allowed where it is the other's own
 */
export async function findStep(
  db: Executor,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking,
  step: number
): Promise<{ type: SessionType; moving: Moving; share: number | null; off: string | undefined }> {
  if (booking.state !== 'confirmed') throw wrongState(`This booking is ${booking.state}: no step is laid now`)
  const type = await findVersion(db, scope, booking.sessionTypeId, booking.version)
  const booked = await findBooked(db, scope, booking.id)
  if (!type || !booked) throw new Error(`The booking ${booking.id} has lost its session type`)
  const segment = booked.plan.segments[step]
  const all = await findAppointments(db, scope, booking.id)
  const between = betweenOf(type.plan, all, step)
  if (
    !segment ||
    !isStep(segment) ||
    segment.optional ||
    !between ||
    all.some(({ ordinal, state }) => ordinal === step && state !== 'cancelled')
  )
    throw wrongState('This step does not wait for a time')
  if (!isOwn(segment.who, await whoseOf(db, scope, actor, booking)))
    throw notAllowed('This step is the other’s own: they choose its time')
  const alone = { ...type, plan: aloneOf(type.plan, step), rules: movingRules(type, step) }
  const place = {
    therapist: booked.therapistSlug,
    second: booked.secondSlug ?? undefined,
    place: booked.place.slug
  }
  const share = sharesOf({ plan: type.plan, price: booking.price })?.get(step) ?? null
  return {
    type: alone,
    moving: { appointments: [], between, type: alone, ...place },
    share,
    off: all.find(({ ordinal }) => ordinal === step)?.id
  }
}
