import ical, {
  type ICalCalendar,
  type ICalCalendarMethod,
  type ICalEvent,
  ICalEventBusyStatus,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency
} from 'ical-generator'
import type { DateTime } from 'luxon'
import { discreetTitle } from '../identity/discretion.ts'
import { oneLine, webAddress } from './text.ts'
import { vtimezone, writableZone } from './zone.ts'

/** One appointment as one person's calendar shows it. UID, SEQUENCE and revision are that participant's own. */
export interface CalendarEntry {
  uid: string
  sequence: number
  revisedAt: DateTime
  /** Left out where it is nobody's business when it was booked. */
  createdAt?: DateTime
  start: DateTime
  end: DateTime
  /** The IANA zone of whom it is written for. */
  zone: string
  title: string
  location?: string
  url?: string
}

/** No zone of its own: with one, DTSTAMP would lose its Z. Each entry names its own. */
export function newCalendar(method: ICalCalendarMethod | null): ICalCalendar {
  return ical({ prodId: '//Calendar//EN', method, timezone: { name: null, generator: vtimezone } })
}

/** @throws TypeError when the end is not after the start, or the UID is none */
export function addEntry(calendar: ICalCalendar, entry: CalendarEntry, cancelled: boolean): ICalEvent {
  if (entry.end <= entry.start) throw new TypeError('An appointment ends after its start')
  if (!/^[\w.-]+@[\w.-]+$/.test(entry.uid)) throw new TypeError('A UID is letters, digits, dots and dashes at a domain')
  return calendar.createEvent({
    id: entry.uid,
    sequence: entry.sequence,
    stamp: entry.revisedAt,
    created: entry.createdAt ?? null,
    lastModified: entry.createdAt ? entry.revisedAt : null,
    start: entry.start,
    end: entry.end,
    timezone: writableZone(entry.zone, [entry.start, entry.end]) ?? null,
    summary: oneLine(entry.title) || discreetTitle,
    location: oneLine(entry.location ?? '') || null,
    url: entry.url === undefined ? null : webAddress(entry.url),
    class: ICalEventClass.PRIVATE,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: cancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    busystatus: cancelled ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY
  })
}

/** The text, with CRLF at every end of line, the last one too, and folded at 75 octets. */
export function written(calendar: ICalCalendar): string {
  return `${calendar.toString()}\r\n`
}
