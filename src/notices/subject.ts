import type { DateTime } from 'luxon'
import { findAcceptances } from '../bookings/acceptance-store.ts'
import { type WaitingStep, waitingSteps } from '../bookings/open-steps.ts'
import { isOwn, type Whose } from '../bookings/own-times.ts'
import { listProposalTimes } from '../bookings/proposed-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import {
  type AppointmentFacts,
  type BookingFacts,
  findBooking,
  findProposal,
  isTherapist,
  listAppointments,
  listParticipants,
  type ParticipantFacts,
  type ProposalFacts
} from './store.ts'

/** What a mail is about, as it is now: a booking, of its appointments the one meant, or the first, and its reader there. */
export interface Subject {
  booking: BookingFacts
  appointment: AppointmentFacts
  participant: ParticipantFacts | undefined
  /** Where the mail is about a new time that was proposed. */
  proposal: ProposalFacts | undefined
  /** Whose yes a requested booking still waits for. */
  missing: readonly string[]
  /** The booking's last appointment. */
  last: AppointmentFacts
  /** Of a mail about several appointments: the others that it is about. */
  others: readonly AppointmentFacts[]
  /** The reader's own part in each appointment that it is about. */
  entries: readonly { appointment: AppointmentFacts; participant: ParticipantFacts }[]
  /** How often what it is about was revised for its reader: the SEQUENCE, or of several their sum. */
  revision: number
  /** Of what has steps those that have no time. */
  waiting: readonly WaitingStep[]
}

/** @param subjectId a booking, an appointment or a proposal; of a booking, what the template speaks of */
export async function findSubject(
  db: Executor,
  scope: PracticeScope,
  { subjectId, personId, template }: { subjectId: string; personId: string; template?: string },
  now?: DateTime
): Promise<Subject | undefined> {
  const proposal = await findProposal(db, scope, subjectId)
  const id = proposal?.appointmentId ?? subjectId
  const booking = await findBooking(db, scope, id)
  const appointments = booking ? await listAppointments(db, scope, booking.id) : []
  const participants = booking ? await listParticipants(db, scope, booking.id) : []
  const own = appointments.find(one => one.id === id)
  const [appointment = own, ...others] = own
    ? [own, ...offWith(own, template, seenBy(personId, appointments, participants))]
    : meantBy(template, seenBy(personId, appointments, participants), now)
  const together = proposal ? await proposedWith(db, scope, proposal, template, appointments) : others
  const last = appointments.at(-1)
  if (!booking || !appointment || !last) return undefined
  const entries = [appointment, ...others].flatMap(one =>
    participants
      .filter(({ appointmentId, personId: person }) => appointmentId === one.id && person === personId)
      .map(participant => ({ appointment: one, participant }))
  )
  const participant = entries.find(entry => entry.appointment === appointment)?.participant
  const yeses = booking.state === 'requested' ? await findAcceptances(db, scope, booking.id) : []
  const missing = yeses.filter(({ answer }) => answer === null).map(({ by }) => by)
  const revision = revisionOf(entries.map(({ participant }) => participant))
  const waiting = waitingOf(booking, appointments, whoseIs(booking, personId))
  return { booking, appointment, participant, proposal, missing, last, others: together, entries, revision, waiting }
}

/** The others that a proposal is about, too: where they would be while it is asked, else where they are. */
async function proposedWith(
  db: Executor,
  scope: PracticeScope,
  { id, appointmentId }: ProposalFacts,
  template: string | undefined,
  appointments: readonly AppointmentFacts[]
): Promise<AppointmentFacts[]> {
  const times = await listProposalTimes(db, scope, id)
  return times.flatMap(({ appointmentId: other, startsAt }) => {
    const one = other === appointmentId ? undefined : appointments.find(({ id }) => id === other)
    if (!one) return []
    const endsAt = startsAt.plus(one.endsAt.diff(one.startsAt))
    return [template?.endsWith('asked') ? { ...one, startsAt, endsAt } : one]
  })
}

/** The steps of a booking that have no time, in the days that are told to whoever sees these steps. */
export function waitingOf(
  { plan }: BookingFacts,
  appointments: readonly AppointmentFacts[],
  whose: Whose
): WaitingStep[] {
  const seen = appointments.filter(({ who }) => isOwn(who, whose))
  return waitingSteps(
    plan,
    seen.sort((one, other) => one.ordinal - other.ordinal)
  )
}

/** Whose steps somebody who takes part in a booking sees. */
export function whoseIs(booking: BookingFacts, person: string): Whose {
  if (isTherapist(booking, person)) return 'everybody'
  return person === booking.bookerId ? 'first' : 'second'
}

/** What gave way with a step that was called off: of what its reader sees. */
function offWith(own: AppointmentFacts, template: string | undefined, seen: readonly AppointmentFacts[]) {
  const { id, offAt } = own
  if (!offAt || !template?.includes('cancelled')) return []
  return seen.filter(one => one.id !== id && one.state === 'cancelled' && one.offAt?.equals(offAt))
}

/** How often these were revised, as a mail's cause counts it. */
export function revisionOf(participants: readonly Pick<ParticipantFacts, 'sequence'>[]): number {
  return participants.reduce((sum, { sequence }) => sum + sequence, 0)
}

/** A reader is told of what they take part in, and of nobody's own steps; who is asked first, of what is for both. */
function seenBy(
  person: string,
  appointments: readonly AppointmentFacts[],
  participants: readonly ParticipantFacts[]
): readonly AppointmentFacts[] {
  const theirs = appointments.filter(({ id }) =>
    participants.some(({ appointmentId, personId }) => appointmentId === id && personId === person)
  )
  if (theirs.length > 0) return theirs
  const both = appointments.filter(({ who }) => who === 'both')
  return both.length > 0 ? both : appointments
}

/**
 * Of all of a booking those of which a mail speaks: what is cancelled, pauses, or stands, without what is over; where there
 * is none, all of them.
 */
function meantBy(template: string | undefined, appointments: readonly AppointmentFacts[], now: DateTime | undefined) {
  const state = template?.includes('cancelled') ? 'cancelled' : 'planned'
  // A step that had been called off before was told then.
  const meant = appointments.filter(one =>
    template?.includes('paused') ? one.paused : one.state === state && (state === 'planned' || !one.offAt)
  )
  const ahead = meant.filter(({ endsAt }) => now !== undefined && endsAt > now)
  if (ahead.length > 0) return ahead
  return meant.length > 0 ? meant : appointments
}
