import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { findAppointment } from './appointment-store.ts'
import { type Attendance, mustHaveBegun, notThere, stateOf } from './attendance.ts'
import { setAppointmentState, setAttendance } from './attendance-store.ts'
import { wrongState } from './booking.ts'
import { conclude } from './conclude.ts'
import { lockWithResources } from './lock-store.ts'
import { membersOf } from './members.ts'
import { noSuchAppointment } from './moving.ts'
import { listParticipants } from './participant-store.ts'
import { mustBeOwn } from './read-booking.ts'

/** Of what was ended in between, what had begun by then took place or did not. */
const over = ['confirmed', 'completed', 'no_show', 'cancelled']

/**
 * Who of the clients came to an appointment. With the last of its appointments a booking is completed, or nobody came. No
 * money follows from it by itself; what was put down can be put right.
 * @returns the booking's id
 * @throws no-such-appointment; not-begun; not-there; wrong-state where it was never confirmed or is cancelled; not-allowed
 */
export async function attend(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  appointmentId: string,
  people: readonly { person: string; attendance: Attendance }[]
): Promise<string> {
  const found = (await findAppointment(deps.db, scope, appointmentId))?.bookingId
  if (!found) throw noSuchAppointment('There is no such appointment')
  await mustBeOwn(deps, scope, actor, found)
  await deps.db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, found)
    const appointment = await findAppointment(tx, scope, appointmentId)
    if (!booking || !appointment) throw noSuchAppointment('There is no such appointment')
    if (!over.includes(booking.state)) throw wrongState('It was never confirmed: nobody was expected')
    if (appointment.state === 'cancelled' || appointment.state === 'skipped')
      throw wrongState('It was called off: nobody was expected')
    mustHaveBegun(appointment.startsAt, deps.now())
    const members = new Set(await membersOf(tx, scope, found))
    const there = (await listParticipants(tx, scope, found)).filter(one => one.appointmentId === appointmentId)
    const clients = there.filter(({ personId }) => members.has(personId))
    for (const { person, attendance } of people) {
      if (!clients.some(({ personId }) => personId === person)) throw notThere('Name somebody who takes part in it')
      await setAttendance(tx, scope, appointmentId, person, attendance)
    }
    const said = new Map(people.map(({ person, attendance }) => [person, attendance]))
    const state = stateOf(clients.map(({ personId, attendance }) => said.get(personId) ?? attendance))
    await setAppointmentState(tx, scope, appointmentId, state)
    await conclude(tx, scope, booking, deps.now())
    const practice = scope.practice.id
    const name = actorName(actor)
    await record(tx, deps.now, { practice, actor: name, kind: 'attendance', subjects: [found, appointmentId] })
    const subjects = { booking: found, appointment: appointmentId }
    await emit(deps, tx, { practice, actor: name, kind: 'appointment.attended', subjects })
  })
  return found
}
