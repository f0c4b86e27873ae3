import type { DateTime } from 'luxon'
import { type Moving, openMoves } from '../availability/choose-move.ts'
import { viewSlot } from '../availability/read-slots.ts'
import type { SlotsView } from '../availability/schema.ts'
import { aloneOf } from '../catalog/run.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Booking } from './booking.ts'
import { findAppointments, findBooked } from './store.ts'

/** What is moved with one appointment, and by which plan and rules. */
export interface Movable {
  type: SessionType
  /** In order: the appointment alone where it stands apart, else all of its booking. */
  moved: Awaited<ReturnType<typeof findAppointments>>
  moving: Moving
}

/** An appointment that is moved later may lie as far ahead as any. */
const anyHorizon = 730

/** @param appointmentId one of the booking's */
export async function findMoving(
  db: Executor,
  scope: PracticeScope,
  booking: Booking,
  appointmentId: string
): Promise<Movable> {
  const booked = await findBooked(db, scope, booking.id)
  const whole = await findVersion(db, scope, booking.sessionTypeId, booking.version)
  const all = await findAppointments(db, scope, booking.id)
  const one = all.find(({ id }) => id === appointmentId)
  if (!booked || !whole || !one) throw new Error(`The booking ${booking.id} has lost its session type, or its times`)
  const { apart } = whole.plan
  const horizon = apart ? anyHorizon : whole.rules.horizon
  const type = { ...whole, plan: aloneOf(whole.plan, one.ordinal), rules: { ...whole.rules, horizon } }
  const moved = apart ? [one] : all
  const moving = {
    appointments: moved.map(({ id }) => id),
    type,
    therapist: booked.therapistSlug,
    second: booked.secondSlug ?? undefined,
    place: booked.place.slug
  }
  return { type, moved, moving }
}

/** The starts in [from, to) to which an appointment can be moved; its own start is among them. */
export async function listMoves(
  { db, now }: Deps,
  scope: PracticeScope,
  booking: Booking,
  appointmentId: string,
  from: DateTime,
  to: DateTime
): Promise<SlotsView['slots']> {
  const { moving } = await findMoving(db, scope, booking, appointmentId)
  const window = { from: Math.max(from.toMillis(), now().toMillis()), to: to.toMillis() }
  if (window.from >= window.to) return []
  return (await openMoves(db, scope, moving, window, now().toMillis())).map(viewSlot)
}
