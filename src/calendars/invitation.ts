import ical, {
  ICalAttendeeStatus,
  ICalAttendeeType,
  type ICalCalendar,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency
} from 'ical-generator'
import type { DateTime } from 'luxon'
import { mailboxAddress, oneLine, webAddress } from './text.ts'
import { vtimezone, writableZone } from './zone.ts'

/** What a calendar entry says where its owner chose nothing else. */
export const discreetTitle = 'Appointment'

/** One appointment as one person's calendar shows it. UID, SEQUENCE and revision are that participant's own. */
export interface CalendarEvent {
  uid: string
  sequence: number
  revisedAt: DateTime
  createdAt: DateTime
  start: DateTime
  end: DateTime
  /** The IANA zone of whom it is written for. */
  zone: string
  title: string
  location?: string
  url?: string
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
  const entry = addEvent(calendar, event, cancelled)
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
 * calendar name, so that a client adds the entries to the person's own calendar.
 * @throws TypeError when there is none
 */
export function download(events: readonly CalendarEvent[]): string {
  if (events.length === 0) throw new TypeError('A calendar file holds at least one appointment')
  const calendar = newCalendar(ICalCalendarMethod.PUBLISH)
  for (const event of events) addEvent(calendar, event, false)
  return written(calendar)
}

/** No zone of its own: with one, DTSTAMP would lose its Z. Each event names its own. */
function newCalendar(method: ICalCalendarMethod): ICalCalendar {
  return ical({ prodId: '//Calendar//EN', method, timezone: { name: null, generator: vtimezone } })
}

function addEvent(calendar: ICalCalendar, event: CalendarEvent, cancelled: boolean) {
  if (event.end <= event.start) throw new TypeError('An appointment ends after its start')
  if (!/^[\w.-]+@[\w.-]+$/.test(event.uid)) throw new TypeError('A UID is letters, digits, dots and dashes at a domain')
  const organizer = mailboxAddress(event.organizer.email)
  return calendar.createEvent({
    id: event.uid,
    sequence: event.sequence,
    stamp: event.revisedAt,
    created: event.createdAt,
    lastModified: event.revisedAt,
    start: event.start,
    end: event.end,
    timezone: writableZone(event.zone, [event.start, event.end]) ?? null,
    summary: oneLine(event.title) || discreetTitle,
    location: oneLine(event.location ?? '') || null,
    url: event.url === undefined ? null : webAddress(event.url),
    organizer: { name: oneLine(event.organizer.name) || organizer, email: organizer },
    class: ICalEventClass.PRIVATE,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: cancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    busystatus: cancelled ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY
  })
}

function written(calendar: ICalCalendar): string {
  return `${calendar.toString()}\r\n`
}
