import type { DateTime } from 'luxon'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import { constraintOf } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { findAppointments } from './appointment-store.ts'
import { outOfOrder } from './asked-by.ts'
import { noSuchBooking, slotTaken } from './booking.ts'
import { findStep } from './find-step.ts'
import { openForNew } from './give-way.ts'
import { mustBeFree } from './lay-anew.ts'
import { lockWithResources } from './lock-store.ts'
import { byOf } from './quote-cancellation.ts'
import { layAgain, writeStep } from './write-step.ts'

/**
 * Gives a step that has no time its time: in the window that its neighbours leave it, with the booking's therapist and
 * place. Everybody who takes part in it gets a calendar entry of their own, or the one they had, changed.
 * @param step its number in the plan, as the booking's view names it
 * @returns the appointment's id
 * @throws no-such-booking; wrong-state where it has a time, another one comes first, or the booking is not confirmed;
 * not-allowed where the step is the other's own; slot-taken and not-offered with alternatives, too-soon
 */
export async function layStep(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  bookingId: string,
  { step, start }: { step: number; start: DateTime }
): Promise<string> {
  const laid = deps.db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, bookingId)
    if (!booking) throw noSuchBooking('There is no such booking')
    const { type, moving, off, share } = await findStep(tx, scope, actor, booking, step, deps.now())
    const zone = await mustBeFree(deps, tx, scope, { booking, moving, type }, start)
    const laying = { booking, type, ordinal: step, start, zone, share }
    const id = off ? await layAgain(deps, tx, scope, laying, off) : await writeStep(deps, tx, scope, laying)
    const rows = await findAppointments(tx, scope, bookingId)
    const there = rows.find(one => one.id === id)
    const order = moving.between?.plan
    const misplaced = there && order ? outOfOrder(order, rows, there, deps.now().toMillis()) : []
    await openForNew(deps, tx, scope, actor, misplaced, byOf(actor))
    const practice = scope.practice.id
    const actedBy = actorName(actor)
    if (actor.kind === 'staff')
      await record(tx, deps.now, { practice, actor: actedBy, kind: 'step-laid', subjects: [bookingId] })
    const subjects = { booking: bookingId, appointment: id }
    await emit(deps, tx, { practice, actor: actedBy, kind: 'appointment.laid', subjects })
    return id
  })
  return laid.catch(error => {
    if (constraintOf(error)?.startsWith('occupancy_once')) throw slotTaken('Choose another time')
    throw error
  })
}
