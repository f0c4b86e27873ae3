import type { WaitingStep } from '../bookings/open-steps.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { instantOf } from '../kernel/time.ts'
import type { Planned } from './message.ts'
import { chooseCause, chooseDays } from './step-reminder.ts'
import { type AppointmentFacts, findBooking, isTherapist, listAppointments, listParticipants } from './store.ts'
import { waitingOf, whoseIs } from './subject.ts'
import { tell } from './tell.ts'

/**
 * Writes the reminders to choose the times of steps that have none, each as a row that waits for its time: when the step
 * before is over, and some days before it is too late. Of an own step only its person gets them, of one for both each.
 * @param again an appointment that is open again after all: asked for at once
 */
export async function remindToChoose(
  deps: Deps,
  scope: PracticeScope,
  bookingId: string,
  again?: string
): Promise<void> {
  const booking = await findBooking(deps.db, scope, bookingId)
  if (booking?.state !== 'confirmed') return
  const appointments = await listAppointments(deps.db, scope, bookingId)
  const participants = (await listParticipants(deps.db, scope, bookingId)).filter(
    ({ personId, removedAt }) => !isTherapist(booking, personId) && removedAt === null
  )
  const byPerson = Map.groupBy(participants, ({ personId }) => personId)
  const planned = [...byPerson].flatMap(([personId, parts]) => {
    const own = appointments.filter(({ id }) => parts.some(({ appointmentId }) => appointmentId === id))
    const theirs = whoseIs(booking, personId)
    return waitingOf(booking, appointments, theirs)
      .filter(({ who, waits }) => (who === 'both' || who === theirs) && !waits)
      .flatMap(step => remindersOf(deps, bookingId, personId, step, own, again))
  })
  await tell(deps, scope, planned)
}

/** One person's reminders of one step, told by the appointment that it was, or by their own one before it. */
function remindersOf(
  { now }: Deps,
  booking: string,
  personId: string,
  step: WaitingStep,
  own: readonly AppointmentFacts[],
  again: string | undefined
): Planned[] {
  const off = own.find(({ ordinal }) => ordinal === step.ordinal)
  const before = own
    .filter(({ ordinal, state }) => ordinal < step.ordinal && state !== 'cancelled')
    .reduce<AppointmentFacts | undefined>((one, other) => (one && one.endsAt > other.endsAt ? one : other), undefined)
  const about = off ?? before ?? own[0]
  if (!about) return []
  const until = instantOf(step.to)
  const moments = [
    { occasion: 'after' as const, dueAt: before?.endsAt },
    { occasion: 'soon' as const, dueAt: until.minus({ days: chooseDays }) }
  ].flatMap(({ occasion, dueAt }) => (dueAt && dueAt > now() && dueAt < until ? [{ occasion, dueAt }] : []))
  const asked = off && off.id === again ? [{ occasion: 'again' as const, dueAt: now() }, ...moments] : moments
  const words = { template: off ? ('choose-anew' as const) : ('choose' as const), subjectId: about.id, personId }
  return asked.map(({ occasion, dueAt }) => ({
    ...words,
    dueAt,
    cause: chooseCause(step, occasion, booking, personId)
  }))
}
