import { ICalAttendeeStatus, ICalAttendeeType, ICalCalendarMethod } from 'ical-generator'
import { addEntry, type CalendarEntry, newCalendar, written } from './entry.ts'
import { mailboxAddress, oneLine } from './text.ts'

/** An appointment that is told by the practice. */
export interface CalendarEvent extends CalendarEntry {
  /** The practice's booking mailbox under its discreet name, never a therapist: Outlook then shows no buttons. */
  organizer: Mailbox & { name: string }
}

export interface Mailbox {
  name?: string
  email: string
}

export interface Invitation extends CalendarEvent {
  method: 'REQUEST' | 'CANCEL'
  /** The one person the mail goes to; nobody else is listed. */
  attendee: Mailbox
}

/**
 * An invitation or its cancellation for one person (iTIP, RFC 5546, 3.2.2 and 3.2.5), as text with CRLF at every end
 * of line, folded at 75 octets.
 * @throws TypeError when the end is not after the start, or an address is none
 */
export function invitation({ method, attendee, ...event }: Invitation): string {
  const calendar = newCalendar(ICalCalendarMethod[method])
  const cancelled = method === 'CANCEL'
  const entry = addEntry(calendar, event, cancelled)
  entry.organizer(organizerOf(event))
  entry.createAttendee({
    email: mailboxAddress(attendee.email),
    name: oneLine(attendee.name ?? '') || null,
    type: ICalAttendeeType.INDIVIDUAL,
    ...(cancelled ? {} : { status: ICalAttendeeStatus.NEEDSACTION, rsvp: true })
  })
  return written(calendar)
}

/**
 * The file behind "add to calendar": one appointment or all of a booking, METHOD:PUBLISH (RFC 5546, 3.2.1), without a
 * calendar name, so that a client adds the entries to the person's own calendar. The same under higher SEQUENCEs, cancelled.
 * @throws TypeError when there is none
 */
export function download(events: readonly CalendarEvent[], cancelled = false): string {
  if (events.length === 0) throw new TypeError('A calendar file holds at least one appointment')
  const calendar = newCalendar(ICalCalendarMethod.PUBLISH)
  for (const event of events) addEntry(calendar, event, cancelled).organizer(organizerOf(event))
  return written(calendar)
}

function organizerOf({ organizer }: CalendarEvent): { name: string; email: string } {
  const email = mailboxAddress(organizer.email)
  return { name: oneLine(organizer.name) || email, email }
}
