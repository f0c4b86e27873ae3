import type { DateTime } from 'luxon'
import type { appointments, attendances } from '../../db/schema/appointments.ts'
import { problem } from '../kernel/problem.ts'

export type Attendance = (typeof attendances)[number]
type AppointmentState = (typeof appointments.$inferSelect)['state']

export const notThere = problem('not-there', 422, 'This person does not take part in the appointment')
export const notBegun = problem('not-begun', 409, 'The appointment has not begun yet')

/** What an appointment is once it is known who came: one of two is enough for it to have taken place. */
export function stateOf(attendance: readonly (Attendance | null)[]): 'planned' | 'done' | 'missed' {
  if (attendance.includes('attended')) return 'done'
  return attendance.length > 0 && attendance.every(each => each === 'absent') ? 'missed' : 'planned'
}

/**
 * What a booking is once all of its appointments are over: it took place where any of them did. Where each was let fall it is
 * cancelled, but where something was kept it is as if nobody had come: that stays owed. Undefined while one of them is still
 * ahead or not put down.
 */
export function outcomeOf(
  all: readonly AppointmentState[],
  isKept: boolean
): 'completed' | 'no_show' | 'cancelled' | undefined {
  const states = all.filter(state => state !== 'skipped' && state !== 'cancelled')
  if (states.length === 0 && (all.length === 0 || all.includes('cancelled'))) return undefined
  if (states.length === 0) return isKept ? 'no_show' : 'cancelled'
  if (states.includes('planned')) return undefined
  return states.includes('done') ? 'completed' : 'no_show'
}

/** @throws not-begun before the start: who is there is known then */
export function mustHaveBegun(startsAt: DateTime, now: DateTime): void {
  if (startsAt > now) throw notBegun('Put down who came once it has begun')
}
