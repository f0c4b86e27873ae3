import type { AppointmentFacts, BookingFacts, ParticipantFacts } from './store.ts'
import type { TemplateName } from './templates.ts'

/** A mail to be written: who gets which words about what. The cause is why nobody gets it twice. */
export interface Planned {
  personId: string
  cause: string
  template: TemplateName
  /** The appointment, booking or code that it is about. */
  subjectId: string
}

/** Is what the template says still so? A mail that waited too long must not tell what was true once. */
export function stillTrue(
  template: TemplateName,
  { state }: BookingFacts,
  appointment: AppointmentFacts,
  participant: ParticipantFacts | undefined
): boolean {
  switch (template) {
    case 'confirmed':
    case 'staff-confirmed':
      return state === 'confirmed' && appointment.state === 'planned' && isThere(participant)
    case 'requested':
    case 'staff-requested':
      return state === 'requested'
    case 'approved':
    case 'payment-failed':
      return state === 'held'
    case 'lapsed':
      return state === 'expired'
    case 'declined':
      return state === 'declined'
    case 'cancelled':
    case 'staff-cancelled':
      return state === 'cancelled' || appointment.state === 'cancelled'
    case 'refunded':
      return state === 'expired'
    case 'code':
      return false
  }
}

/** What the staff call a booking where no name may stand: the random end of its id. */
export function referenceOf(bookingId: string): string {
  return bookingId.slice(-6).toUpperCase()
}

function isThere(participant: ParticipantFacts | undefined): boolean {
  return participant !== undefined && participant.removedAt === null
}
