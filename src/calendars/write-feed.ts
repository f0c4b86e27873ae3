import { addEntry, type CalendarEntry, newCalendar, written } from './entry.ts'
import { vtimezone } from './zone.ts'

/** One entry of a feed; `off`: it is cancelled, and stands there so that calendars take it out. */
export interface FeedEntry extends CalendarEntry {
  off: boolean
}

/**
 * A calendar to subscribe to (RFC 5545 with the names of RFC 7986 and those that Apple, Google and Outlook read): no
 * METHOD, no ORGANIZER, no ATTENDEE, no alarm, and nothing of this moment, so that the same entries are the same bytes.
 * @param name what the calendar is called in the apps: words of ours, never a person's
 */
export function writeFeed(name: string, zone: string, entries: readonly FeedEntry[]): string {
  const calendar = newCalendar(null)
  for (const { off, ...entry } of entries) addEntry(calendar, entry, off)
  const properties = [
    `NAME:${name}`,
    `X-WR-CALNAME:${name}`,
    `X-WR-TIMEZONE:${zone}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H'
  ]
  // RFC 5545, 3.4 and 3.6: properties stand before all components, where the writer does not put them, and there is at
  // least one component, also where nothing is booked.
  const block = entries.length === 0 ? vtimezone(zone) : null
  const head = [prodId, ...properties, ...(block ? [block.trim().replace(/\r?\n/g, '\r\n')] : [])]
  return written(calendar).replace(prodId, () => head.join('\r\n'))
}

const prodId = 'PRODID:-//Calendar//EN'
