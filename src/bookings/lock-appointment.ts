import type { Moving } from '../availability/choose-move.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Booking } from './booking.ts'
import { findAppointment } from './change-store.ts'
import { findMoving } from './list-moves.ts'
import { lockWithResources } from './lock-booking.ts'
import { noSuchAppointment, notMovable } from './moving.ts'
import { mustBeAhead } from './quote-cancellation.ts'

/** An appointment whose move is asked for or answered, with all that decides over it, under its locks. */
export interface Locked {
  booking: Booking
  appointment: NonNullable<Awaited<ReturnType<typeof findAppointment>>>
  type: SessionType
  moving: Moving
}

/**
 * One transaction that has locked resources and booking of an appointment, in this order.
 * @throws no-such-appointment; wrong-state where it is not ahead; not-movable where its times belong to others
 */
export async function withAppointment<T>(
  deps: Deps,
  scope: PracticeScope,
  id: string,
  act: (tx: Transaction, locked: Locked) => Promise<T>
): Promise<T> {
  const bookingId = (await findAppointment(deps.db, scope, id))?.bookingId
  if (!bookingId) throw noSuchAppointment('There is no such appointment')
  return deps.db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, bookingId)
    const appointment = await findAppointment(tx, scope, id)
    if (!booking || !appointment) throw noSuchAppointment('There is no such appointment')
    mustBeAhead(booking, appointment.state === 'planned' ? appointment.startsAt : undefined, deps.now())
    const { type, moving } = await findMoving(tx, scope, booking)
    if (type.plan.segments.length > 1) throw notMovable('Its times belong together: cancel it, or ask the practice')
    return act(tx, { booking, appointment, type, moving })
  })
}
