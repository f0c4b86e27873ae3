import { referenceOf } from '../bookings/reference.ts'
import { entryWords } from '../calendars/entry-words.ts'
import { invitation } from '../calendars/invitation.ts'
import { discreetTitle } from '../identity/discretion.ts'
import type { Person } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Mail, NoticeDeps } from './mailer.ts'
import type { ParticipantFacts } from './store.ts'
import { isInvited, isTherapist } from './store.ts'
import type { Subject } from './subject.ts'
import type { TemplateName } from './templates.ts'

/** What a mail means for a calendar. */
const methods: Partial<Record<TemplateName, 'REQUEST' | 'CANCEL'>> = {
  confirmed: 'REQUEST',
  'staff-confirmed': 'REQUEST',
  moved: 'REQUEST',
  'staff-moved': 'REQUEST',
  cancelled: 'CANCEL',
  'cancelled-own': 'CANCEL',
  'cancelled-mine': 'CANCEL',
  'cancelled-other': 'CANCEL',
  'staff-cancelled': 'CANCEL'
}

/** What comes to a calendar with a mail, and what may be in it already. */
export interface CalendarPart {
  invitation: Mail['invitation'] | undefined
  /** An earlier mail of ours brought an entry that this one changes or takes out. */
  changes: boolean
  /** There may be an entry that does not follow by itself. */
  stale: boolean
  /** The person adds entries by a file. */
  byFile: boolean
}

const none: CalendarPart = { invitation: undefined, changes: false, stale: false, byFile: false }

/**
 * The participant's own invitation, where the person wants it by mail and alone reads the mailbox: some calendars take
 * an invitation in by themselves. It holds no link: calendars are shared. Another choice counts from the next mail on and
 * sends none: an entry that is there is not brought back, but a cancellation still takes it out. Who never had an
 * invitation gets no cancellation.
 */
export async function calendarPart(
  deps: NoticeDeps,
  scope: PracticeScope,
  template: TemplateName,
  person: Person,
  subject: Subject
): Promise<CalendarPart> {
  const method = methods[template]
  const { appointment, participant } = subject
  if (!method || !participant) return none
  const invited = await isInvited(deps.db, scope, participant.personId, appointment.id)
  const wanted = person.calendarChoice === 'invitation' && !person.sharedMailbox
  const byFile = person.calendarChoice === 'file'
  if (method === 'CANCEL' ? !invited : !wanted) return { ...none, stale: invited || byFile, byFile }
  const calendar = entryOf(deps, scope, method, person, { ...subject, participant })
  return { invitation: { method, calendar }, changes: invited, stale: false, byFile }
}

function entryOf(
  { mailer }: NoticeDeps,
  { practice }: PracticeScope,
  method: 'REQUEST' | 'CANCEL',
  person: Person,
  { booking, appointment, participant }: Subject & { participant: ParticipantFacts }
): string {
  const isStaff = isTherapist(booking, person.id)
  const place = person.sharedMailbox ? 'an entry where others read the mailbox' : 'a calendar entry'
  const words = isStaff
    ? { title: `${discreetTitle} ${referenceOf(booking.id)}` }
    : entryWords(place, person, { type: () => booking.typeName, place: () => booking.address ?? booking.place })
  return invitation({
    method,
    uid: participant.uid,
    sequence: participant.sequence,
    revisedAt: participant.revisedAt,
    createdAt: booking.createdAt,
    start: appointment.startsAt,
    end: appointment.endsAt,
    zone: person.zone,
    organizer: { name: practice.discreetName, email: mailer.address },
    attendee: { email: person.email },
    ...words
  })
}
