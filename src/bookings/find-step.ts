import type { DateTime } from 'luxon'
import type { Moving } from '../availability/choose-move.ts'
import { aloneOf, sharesOf } from '../catalog/run.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { findVersion } from '../catalog/store.ts'
import { type Actor, notAllowed } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { findAppointments } from './appointment-store.ts'
import { asItIs } from './as-it-is.ts'
import { askedBy } from './asked-by.ts'
import { type Booking, wrongState } from './booking.ts'
import { betweenOf, movingRules } from './list-moves.ts'
import { waitingSteps } from './open-steps.ts'
import { isOwn, whoseOf } from './own-times.ts'
import { findBooked } from './store.ts'

/** A step that waits for a time, as it is laid. */
export interface FoundStep {
  /** It alone. */
  type: SessionType
  moving: Moving
  /** The appointment that it was before it was called off. */
  off: Awaited<ReturnType<typeof findAppointments>>[number] | undefined
  /** What of the booking's price is its own, in minor units. */
  share: number | null
}

/**
 * A step that waits for a time, as a move is asked for: by itself, between those that have one.
 * @throws wrong-state where it has a time, another one comes first, or the booking is not confirmed; not-allowed where it is
 * the other's own
 */
export async function findStep(
  db: Executor,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking,
  step: number,
  now: DateTime
): Promise<FoundStep> {
  if (booking.state !== 'confirmed') throw wrongState(asItIs(booking.state))
  const type = await findVersion(db, scope, booking.sessionTypeId, booking.version)
  const booked = await findBooked(db, scope, booking.id)
  if (!type || !booked) throw new Error(`The booking ${booking.id} has lost its session type`)
  const segment = booked.plan.segments[step]
  const all = await findAppointments(db, scope, booking.id)
  const between = betweenOf(booked.plan, all, step)
  const open = waitingSteps(booked.plan, all).find(({ ordinal }) => ordinal === step)
  // Before anything else: whether it waits is the other's to know, too.
  const whose = await whoseOf(db, scope, actor, booking)
  if (segment && !segment.optional && !isOwn(segment.who, whose))
    throw notAllowed('This step is the other’s own: they choose its time')
  if (!segment || !between || !open) throw wrongState('This step does not wait for a time')
  if (open.waits) throw wrongState('The step before it was called off: choose its time first')
  const alone = { ...type, plan: aloneOf(type.plan, step), rules: movingRules(type, step) }
  const place = {
    therapist: booked.therapistSlug,
    second: booked.secondSlug ?? undefined,
    place: booked.place.slug
  }
  const zone = all[0]?.zone ?? scope.practice.zone
  // What nothing else bounds lies in the days of its own window.
  const days = between.laid.length === 0 ? { from: open.from, to: open.to } : undefined
  return {
    type: alone,
    moving: askedBy(
      { appointments: [], between: { ...between, days }, type: alone, ...place },
      whose,
      zone,
      now.toMillis()
    ),
    off: all.find(({ ordinal }) => ordinal === step),
    share: sharesOf({ ...type, price: booking.price })?.get(step) ?? null
  }
}
