import { isWholeWithSteps, type Plan, standsAlone } from '../catalog/plan.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { remindToChoose } from './remind-to-choose.ts'
import { reminderCause, remindersAhead } from './reminder.ts'
import { type AppointmentFacts, findBooking, isTherapist, listAppointments, listParticipants } from './store.ts'
import { tell } from './tell.ts'

/**
 * Writes the reminders of a confirmed booking that are still to come, each as a row that waits for its time. Clients get
 * them, staff do not. After a move they are written anew; those of the time before are dropped when they are due.
 */
export async function remind(deps: Deps, scope: PracticeScope, bookingId: string): Promise<void> {
  const booking = await findBooking(deps.db, scope, bookingId)
  if (booking?.state !== 'confirmed') return
  const { plan, rules } = booking
  const participants = (await listParticipants(deps.db, scope, bookingId)).filter(
    ({ personId, removedAt }) => !isTherapist(booking, personId) && removedAt === null
  )
  const reminded = remindedOf(plan, await listAppointments(deps.db, scope, bookingId))
  const planned = reminded.flatMap(({ id, startsAt, ordinal }) =>
    participants
      .filter(({ appointmentId }) => appointmentId === id)
      .flatMap(({ personId, sequence }) =>
        remindersAhead(remindersOf(plan, rules.reminders, ordinal), startsAt, deps.now()).map(({ hours, dueAt }) => ({
          personId,
          template: 'reminder' as const,
          subjectId: id,
          cause: reminderCause(hours, id, personId, sequence),
          dueAt
        }))
      )
  )
  await tell(deps, scope, planned)
  await remindToChoose(deps, scope, bookingId)
}

/** Days of blocks are one event and are reminded of once, by its first; what has a start of its own, each time. */
function remindedOf(plan: Plan, appointments: readonly AppointmentFacts[]): readonly AppointmentFacts[] {
  const planned = appointments.filter(({ state }) => state === 'planned')
  if (plan.anchor === 'start' && !isWholeWithSteps(plan)) return planned
  const whole = planned.filter(({ ordinal }) => !standsAlone(plan, ordinal))
  return [...whole.slice(0, 1), ...planned.filter(({ ordinal }) => standsAlone(plan, ordinal))]
}

/** A step beside whole days is reminded of as a single session is: before its own notice ends, and the day before. */
const besideReminders = [72, 24]

/** The long reminders tell of sums that change by the days' own start. Where a type has none, nothing of it is reminded of. */
function remindersOf(plan: Plan, hours: readonly number[], ordinal: number): readonly number[] {
  const isBeside = isWholeWithSteps(plan) && standsAlone(plan, ordinal)
  return isBeside && hours.length > 0 ? besideReminders : hours
}
