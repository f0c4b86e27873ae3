import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { findAppointment } from './appointment-store.ts'
import { type Booking, wrongState } from './booking.ts'
import { findMoving, type Movable } from './list-moves.ts'
import { lockWithResources } from './lock-store.ts'
import { noSuchAppointment } from './moving.ts'
import { mustBeAhead } from './quote-cancellation.ts'

/** An appointment whose move is asked for or answered, with all that decides over it, under its locks. */
export interface Locked extends Movable {
  booking: Booking
  /** The first of those that are moved: a new start is its start. */
  appointment: Movable['moved'][number]
}

/**
 * One transaction that has locked resources and booking of an appointment, in this order.
 * @throws no-such-appointment; wrong-state where it is not ahead
 */
export async function withAppointment<T>(
  deps: Deps,
  scope: PracticeScope,
  id: string,
  act: (tx: Transaction, locked: Locked) => Promise<T>
): Promise<T> {
  return withBookingOf(deps, scope, id, async (tx, booking) => {
    const appointment = await findAppointment(tx, scope, id)
    if (!appointment) throw noSuchAppointment('There is no such appointment')
    if (booking.editionId) throw wrongState('Its dates are the same for all who come: cancel it, or ask the practice')
    const movable = await findMoving(tx, scope, booking, id)
    const [first = appointment] = movable.moved
    mustBeAhead(booking, first.state === 'planned' ? first.startsAt : undefined, deps.now())
    return act(tx, { booking, appointment: first, ...movable })
  })
}

/** Whether an appointment was let fall, so that another start makes up for it. */
export async function isLetFall({ db }: Deps, scope: PracticeScope, id: string): Promise<boolean> {
  return (await findAppointment(db, scope, id))?.state === 'skipped'
}

/**
 * One transaction that has locked resources and booking of an appointment that was let fall, in this order.
 * @throws no-such-appointment; wrong-state where it was not, or the booking does not stand
 */
export async function withSkipped<T>(
  deps: Deps,
  scope: PracticeScope,
  id: string,
  act: (tx: Transaction, locked: Locked) => Promise<T>
): Promise<T> {
  return withBookingOf(deps, scope, id, async (tx, booking) => {
    const movable = await findMoving(tx, scope, booking, id)
    const appointment = movable.moved.find(one => one.id === id)
    if (booking.state !== 'confirmed' || appointment?.state !== 'skipped')
      throw wrongState('Nothing is to be made up for here')
    return act(tx, { booking, appointment, ...movable })
  })
}

/** Finds the booking without a lock, then locks resources and booking. @throws no-such-appointment */
async function withBookingOf<T>(
  { db }: Deps,
  scope: PracticeScope,
  id: string,
  act: (tx: Transaction, booking: Booking) => Promise<T>
): Promise<T> {
  const bookingId = (await findAppointment(db, scope, id))?.bookingId
  if (!bookingId) throw noSuchAppointment('There is no such appointment')
  return db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, bookingId)
    if (!booking) throw noSuchAppointment('There is no such appointment')
    return act(tx, booking)
  })
}
