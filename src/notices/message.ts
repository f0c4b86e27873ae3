import type { DateTime } from 'luxon'
import { practiceYes } from '../bookings/acceptance.ts'
import { hoursOf, isNewestDue } from './reminder.ts'
import { waitsOf } from './step-reminder.ts'
import type { Subject } from './subject.ts'
import type { TemplateName } from './templates.ts'

/** A mail to be written: who gets which words about what. The cause is why nobody gets it twice. */
export interface Planned {
  personId: string
  cause: string
  template: TemplateName
  /** The appointment, booking, proposal or code that it is about. */
  subjectId: string
  /** When it leaves; at once where nothing is said. */
  dueAt?: DateTime
}

/** Is what the template says still so? A mail that waited too long must not tell what was true once. */
export function stillTrue(
  { template, cause }: Pick<Planned, 'template' | 'cause'>,
  subject: Omit<Subject, 'last' | 'others' | 'entries'>,
  now: DateTime
): boolean {
  const { booking, appointment, participant, proposal, missing, revision, waiting } = subject
  const there = participant !== undefined && participant.removedAt === null
  const stands = booking.state === 'confirmed' && appointment.state === 'planned'
  // A proposal for what was skipped would make up for it.
  const makesUp = booking.state === 'confirmed' && appointment.state === 'skipped'
  const asWritten = stands && there && revision === sequenceOf(cause)
  const { startsAt } = appointment
  switch (template) {
    case 'confirmed':
    case 'staff-confirmed':
      return stands && there && now < appointment.endsAt
    case 'moved':
    case 'staff-moved':
      return asWritten && now < appointment.endsAt
    case 'reminder':
      return asWritten && now < startsAt && isNewestDue(hoursOf(cause), booking.rules.reminders, startsAt, now)
    case 'move-asked':
    case 'staff-move-asked':
      return (stands || makesUp) && proposal?.state === 'open' && now < proposal.expiresAt
    case 'move-stays':
      return (
        stands &&
        (proposal?.state === 'declined' || proposal?.state === 'lapsed') &&
        !isMovedSince(appointment, proposal)
      )
    case 'make-up-stays':
      return makesUp && (proposal?.state === 'declined' || proposal?.state === 'lapsed')
    case 'staff-move-declined':
      return stands && proposal?.state === 'declined' && !isMovedSince(appointment, proposal)
    case 'staff-move-lapsed':
      return stands && proposal?.state === 'lapsed' && !isMovedSince(appointment, proposal)
    case 'requested':
    case 'staff-requested':
    case 'acceptance-asked':
      return booking.state === 'requested'
    case 'staff-requested-still':
      return missing.includes(practiceYes)
    case 'approved':
    case 'payment-failed':
      return booking.state === 'held' && booking.holdUntil !== null && now < booking.holdUntil
    case 'lapsed':
    case 'lapsed-other':
      return booking.state === 'expired' || booking.state === 'declined'
    case 'withdrawn':
    case 'staff-withdrawn':
    case 'staff-refunded':
    case 'refunded':
    case 'refunded-own':
    case 'refunded-other':
      return booking.state === 'expired' || (template === 'staff-withdrawn' && booking.state === 'declined')
    case 'declined':
    case 'declined-other':
    case 'staff-other-times':
      return booking.state === 'declined'
    case 'cancelled':
    case 'cancelled-by-us':
    case 'cancelled-one':
    case 'cancelled-one-by-us':
    case 'step-cancelled':
    case 'step-cancelled-by-us':
    case 'cancelled-own':
    case 'cancelled-mine':
    case 'cancelled-other':
    case 'staff-cancelled':
      return there && (appointment.state === 'cancelled' || appointment.state === 'skipped')
    case 'rest-ended':
    case 'staff-rest-ended':
      return booking.state === 'cancelled'
    case 'choose':
    case 'choose-anew':
      return booking.state === 'confirmed' && waitsOf(cause, waiting, now) !== undefined
    case 'not-free':
    case 'staff-not-free':
      return there && appointment.state === 'skipped' && now < startsAt
    case 'paused':
    case 'staff-paused':
      return there && appointment.paused
    case 'fee-kept':
    case 'fee-waived':
    case 'staff-fee':
      return booking.state === 'cancelled' || appointment.state === 'skipped'
    case 'staff-seat':
    case 'staff-refund-external':
    case 'staff-refund-failed':
      return true
    default:
      return false // A code is about no booking, and the other reminders are words that “reminder” takes when it leaves.
  }
}

/** The revision of which a cause speaks: its last part. */
function sequenceOf(cause: string): number {
  return Number(cause.slice(cause.lastIndexOf(':') + 1))
}

function isMovedSince({ movedAt }: Subject['appointment'], { answeredAt }: NonNullable<Subject['proposal']>): boolean {
  return movedAt !== null && answeredAt !== null && movedAt >= answeredAt
}
