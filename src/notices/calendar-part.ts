import { referenceOf } from '../bookings/reference.ts'
import { discreetTitle } from '../calendars/entry.ts'
import { invitation } from '../calendars/invitation.ts'
import type { Person } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Mail, NoticeDeps } from './mailer.ts'
import type { Subject } from './subject.ts'
import type { TemplateName } from './templates.ts'

const methods: Partial<Record<TemplateName, 'REQUEST' | 'CANCEL'>> = {
  confirmed: 'REQUEST',
  'staff-confirmed': 'REQUEST',
  moved: 'REQUEST',
  'staff-moved': 'REQUEST',
  cancelled: 'CANCEL',
  'cancelled-own': 'CANCEL',
  'cancelled-other': 'CANCEL',
  'staff-cancelled': 'CANCEL'
}

/**
 * The participant's own invitation, where the person wants it by mail and alone reads the mailbox: some calendars take
 * an invitation in by themselves. It holds no link: calendars are shared.
 */
export function calendarPart(
  { mailer }: NoticeDeps,
  { practice }: PracticeScope,
  template: TemplateName,
  person: Person,
  { booking, appointment, participant }: Subject
): Pick<Mail, 'invitation'> {
  const method = methods[template]
  if (!method || !participant || person.calendarChoice !== 'invitation' || person.sharedMailbox) return {}
  const staff = person.id === booking.therapistPersonId
  const plain = person.wording === 'plain' && !staff
  const calendar = invitation({
    method,
    uid: participant.uid,
    sequence: participant.sequence,
    revisedAt: participant.revisedAt,
    createdAt: booking.createdAt,
    start: appointment.startsAt,
    end: appointment.endsAt,
    zone: person.zone,
    title: staff ? `${discreetTitle} ${referenceOf(booking.id)}` : plain ? booking.typeName : discreetTitle,
    organizer: { name: practice.discreetName, email: mailer.address },
    attendee: { email: person.email },
    ...(plain && { location: booking.address ?? booking.place })
  })
  return { invitation: { method, calendar } }
}
