import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { findAppointment } from './appointment-store.ts'
import { wrongState } from './booking.ts'
import { findMoving } from './list-moves.ts'
import type { Locked } from './lock-appointment.ts'
import { lockWithResources } from './lock-booking.ts'
import { noSuchAppointment } from './moving.ts'

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
  const bookingId = (await findAppointment(deps.db, scope, id))?.bookingId
  if (!bookingId) throw noSuchAppointment('There is no such appointment')
  return deps.db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, bookingId)
    const movable = booking && (await findMoving(tx, scope, booking, id))
    const appointment = movable?.moved.find(one => one.id === id)
    if (!movable || booking?.state !== 'confirmed' || appointment?.state !== 'skipped')
      throw wrongState('Nothing is to be made up for here')
    return act(tx, { booking, appointment, ...movable })
  })
}
