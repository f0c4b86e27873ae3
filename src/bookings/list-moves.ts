import type { DateTime } from 'luxon'
import { type Moving, openMoves } from '../availability/choose-move.ts'
import { viewSlot } from '../availability/read-slots.ts'
import type { SlotsView } from '../availability/schema.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Booking } from './booking.ts'
import { findBooked } from './store.ts'

/** What is moved, and by the rules of which version. */
export async function findMoving(
  db: Executor,
  scope: PracticeScope,
  booking: Booking
): Promise<{ type: SessionType; moving: Moving }> {
  const booked = await findBooked(db, scope, booking.id)
  const type = await findVersion(db, scope, booking.sessionTypeId, booking.version)
  if (!booked || !type) throw new Error(`The booking ${booking.id} has lost its session type`)
  const { therapistSlug: therapist, secondSlug, place } = booked
  return { type, moving: { booking: booking.id, type, therapist, second: secondSlug ?? undefined, place: place.slug } }
}

/** The starts in [from, to) to which a booking can be moved; its own start is among them. */
export async function listMoves(
  { db, now }: Deps,
  scope: PracticeScope,
  booking: Booking,
  from: DateTime,
  to: DateTime
): Promise<SlotsView['slots']> {
  const { moving } = await findMoving(db, scope, booking)
  const window = { from: Math.max(from.toMillis(), now().toMillis()), to: to.toMillis() }
  if (window.from >= window.to) return []
  return (await openMoves(db, scope, moving, window, now().toMillis())).map(viewSlot)
}
