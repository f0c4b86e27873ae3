import { findAcceptances } from '../bookings/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import {
  type AppointmentFacts,
  type BookingFacts,
  findBooking,
  findProposal,
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
}

/** @param subjectId a booking, an appointment or a proposal */
export async function findSubject(
  db: Executor,
  scope: PracticeScope,
  { subjectId, personId }: { subjectId: string; personId: string }
): Promise<Subject | undefined> {
  const proposal = await findProposal(db, scope, subjectId)
  const id = proposal?.appointmentId ?? subjectId
  const booking = await findBooking(db, scope, id)
  const appointments = booking ? await listAppointments(db, scope, booking.id) : []
  const appointment = appointments.find(one => one.id === id) ?? appointments[0]
  const last = appointments.at(-1)
  if (!booking || !appointment || !last) return undefined
  const participants = await listParticipants(db, scope, booking.id)
  const participant = participants.find(one => one.appointmentId === appointment.id && one.personId === personId)
  const yeses = booking.state === 'requested' ? await findAcceptances(db, scope, booking.id) : []
  const missing = yeses.filter(({ answer }) => answer === null).map(({ by }) => by)
  return { booking, appointment, participant, proposal, missing, last }
}
