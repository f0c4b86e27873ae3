import { referenceOf } from '../bookings/reference.ts'
import { entryWords } from '../calendars/entry-words.ts'
import { type CalendarEvent, download, invitation } from '../calendars/invitation.ts'
import { discreetTitle } from '../identity/discretion.ts'
import type { Person } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Mail, NoticeDeps } from './mailer.ts'
import { isInvited } from './message-store.ts'
import { isTherapist } from './store.ts'
import type { Subject } from './subject.ts'
import type { TemplateName } from './templates.ts'

/** What a mail means for a calendar. */
const methods: Partial<Record<TemplateName, 'REQUEST' | 'CANCEL'>> = {
  confirmed: 'REQUEST',
  'staff-confirmed': 'REQUEST',
  moved: 'REQUEST',
  'staff-moved': 'REQUEST',
  cancelled: 'CANCEL',
  'cancelled-by-us': 'CANCEL',
  'cancelled-one': 'CANCEL',
  'cancelled-one-by-us': 'CANCEL',
  'step-cancelled': 'CANCEL',
  'step-cancelled-by-us': 'CANCEL',
  paused: 'CANCEL',
  'staff-paused': 'CANCEL',
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
 * an invitation in by themselves. It holds no link to our pages: calendars are shared. Another choice counts from the next mail on and
 * sends none: an entry that is there is not brought back, but a cancellation still takes it out. Who never had an
 * invitation gets no cancellation. Several appointments are several UIDs, which one invitation must not have (RFC 5546, 3.2.2):
 * their entries come as one file.
 */
export async function calendarPart(
  deps: NoticeDeps,
  scope: PracticeScope,
  template: TemplateName,
  person: Person,
  subject: Subject
): Promise<CalendarPart> {
  const method = methods[template]
  const { booking, entries, others } = subject
  if (!method || !subject.participant) return none
  const known = await Promise.all(
    entries.map(({ appointment, participant }) =>
      isInvited(deps.db, scope, participant.personId, appointment.id, booking.id)
    )
  )
  const invited = entries.filter((_, index) => known[index])
  const wanted = person.calendarChoice === 'invitation' && !person.sharedMailbox
  const byFile = person.calendarChoice === 'file'
  if (method === 'CANCEL' ? invited.length === 0 : !wanted)
    return { ...none, stale: invited.length > 0 || byFile, byFile }
  const events = (method === 'CANCEL' ? invited : entries).map(entry =>
    eventOf(deps, scope, person, booking, entry, method)
  )
  const [event] = events
  const calendar =
    event && others.length === 0
      ? invitation({ method, attendee: { email: person.email }, ...event })
      : download(events, method === 'CANCEL')
  const how = others.length === 0 ? method : 'PUBLISH'
  return { invitation: { method: how, brings: method, calendar }, changes: invited.length > 0, stale: false, byFile }
}

function eventOf(
  { mailer }: NoticeDeps,
  { practice }: PracticeScope,
  person: Person,
  booking: Subject['booking'],
  { appointment, participant }: Subject['entries'][number],
  method: 'REQUEST' | 'CANCEL'
): CalendarEvent {
  const isStaff = isTherapist(booking, person.id)
  const place = person.sharedMailbox ? 'an entry where others read the mailbox' : 'a calendar entry'
  const words = isStaff
    ? { title: `${discreetTitle} ${referenceOf(booking.id)}` }
    : entryWords(place, person, {
        type: () => booking.typeName,
        place: () => ({ name: booking.place, address: booking.address }),
        link: () => (method === 'REQUEST' && booking.state === 'confirmed' ? booking.link : null)
      })
  return {
    uid: participant.uid,
    sequence: participant.sequence,
    revisedAt: participant.revisedAt,
    createdAt: booking.createdAt,
    start: appointment.startsAt,
    end: appointment.endsAt,
    zone: person.zone,
    organizer: { name: practice.discreetName, email: mailer.address },
    ...words
  }
}
