import type { DateTime } from 'luxon'
import { openMoves } from '../availability/choose-move.ts'
import { theirTherapist } from '../catalog/therapist.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Money } from '../kernel/money.ts'
import { instantOf } from '../kernel/time.ts'
import { type Absence, findSoldThere, type Taken, takenBy } from './absence.ts'
import { findAppointments } from './appointment-store.ts'
import type { Booking } from './booking.ts'
import { type BulkChoice, choicesFor } from './bulk-change.ts'
import { findSoldAppointments } from './bulk-store.ts'
import { findMoving, type Movable } from './list-moves.ts'
import { decide } from './quote-cancellation.ts'
import { decideSkip } from './quote-skip.ts'
import { viewFor } from './read-booking.ts'
import type { BookingView } from './schema.ts'
import { findBooking } from './store.ts'

/** An appointment that an absence collides with, with all that belongs together, and what each choice would mean for it. */
export interface CollisionFacts {
  booking: Booking
  /** The first of those that are moved as one. */
  appointment: string
  start: DateTime
  end: DateTime
  /** As whoever asks may see it. */
  view: BookingView
  choices: BulkChoice[]
  /** A step: cancelled, it is open again, and gets another time. */
  opens: boolean
  /** The nearest start that is free, clear of the absence, and promised to none of the others. */
  nearest: DateTime | null
  /** What goes back to whoever paid, should the practice cancel it. */
  refund: Money
}

/**
 * What is sold in an absence, soonest first, with the exact consequences of moving and cancelling it. Nothing is changed.
 * @throws no-such-therapist, not-allowed
 */
export async function readCollisions(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  during: Absence
): Promise<CollisionFacts[]> {
  const therapist = await theirTherapist(deps.db, scope, actor, slug)
  const sold = during.travel
    ? await findSoldThere(deps, scope, slug, during.travel)
    : await findSoldAppointments(deps.db, scope, therapist.id, during)
  const promised = takenBy(during)
  const found: CollisionFacts[] = []
  const seen = new Set<string>()
  for (const { id, bookingId } of sold) {
    const booking = await findBooking(deps.db, scope, bookingId)
    if (!booking || seen.has(id)) continue
    const movable = await findMoving(deps.db, scope, booking, id)
    for (const { id } of movable.moved) seen.add(id)
    const [first, last] = [movable.moved[0], movable.moved.at(-1)]
    if (!first || !last || first.startsAt <= deps.now()) continue
    const nearest =
      booking.state === 'confirmed' ? await nearestClear(deps, scope, movable, first.startsAt, promised) : null
    const whole = isWhole(movable, (await findAppointments(deps.db, scope, bookingId)).length)
    const skips = !whole && falls(movable) && first.price !== null
    found.push({
      booking,
      appointment: first.id,
      start: first.startsAt,
      end: last.endsAt,
      view: await viewFor(deps, scope, actor, booking),
      choices: choicesFor(booking, { whole, skips, hasNearest: nearest !== null }),
      opens: skips && movable.moving.between !== undefined,
      nearest,
      refund: { ...booking.price, amount: await refundOf(deps, scope, booking, first.id, { whole, skips }) }
    })
  }
  return found
}

/** What goes back should the practice cancel all of it, or let the one appointment fall. */
async function refundOf(
  { db, now }: Deps,
  scope: PracticeScope,
  booking: Booking,
  appointment: string,
  { whole, skips }: { whole: boolean; skips: boolean }
): Promise<number> {
  if (booking.state !== 'confirmed') return 0
  if (whole) return (await decide(db, scope, booking, 'practice', now())).refund
  // A step that is called off gets another time, and its share stays paid.
  if (skips && (await findMoving(db, scope, booking, appointment)).moving.between) return 0
  return skips ? (await decideSkip(db, scope, booking, appointment, 'practice', now())).outcome.refund : 0
}

/** Whether what is moved is cancelled with all of its booking: what belongs together, with the steps beside it; no single step. */
export function isWhole({ beside, moved, moving }: Movable, appointments: number): boolean {
  return beside !== undefined || (moving.between === undefined && moved.length === appointments)
}

/** Whether one of several can fall by itself: skipped, or called off as a step. */
const falls = ({ type, moving }: Movable) => type.rules.skips !== undefined || moving.between !== undefined

/** The free start nearest to the old one that overlaps nothing of what is promised; what it takes is promised then. */
export async function nearestClear(
  { db, now }: Deps,
  scope: PracticeScope,
  { type, moving }: Movable,
  start: DateTime,
  promised: Taken[]
): Promise<DateTime | null> {
  const { before, after } = type.rules
  const at = start.toMillis()
  for (const days of [7, 28]) {
    const window = { from: Math.max(at - days * 86_400_000, now().toMillis()), to: at + days * 86_400_000 }
    if (window.from >= window.to) continue
    const [nearest] = (await openMoves(db, scope, moving, window, now().toMillis()))
      .map(slot => ({ slot, start: slot.start - before * 60_000, end: slot.end + after * 60_000 }))
      .filter(({ slot }) => slot.start !== at)
      .filter(({ start, end }) => !promised.some(other => other.start < end && start < other.end))
      .sort((one, other) => Math.abs(one.slot.start - at) - Math.abs(other.slot.start - at))
    if (!nearest) continue
    promised.push(nearest)
    return instantOf(nearest.slot.start)
  }
  return null
}
