import ICAL from 'ical.js'
import type { Mail } from '../../src/notices/mailer.ts'

/** What a calendar reads in a mail's invitation; undefined where there is none. */
export function entryOf({ invitation }: Mail) {
  if (!invitation) return undefined
  const calendar = new ICAL.Component(ICAL.parse(invitation.calendar))
  const [event, ...others] = calendar.getAllSubcomponents('vevent')
  if (!event || others.length > 0) throw new Error('An invitation holds one event')
  const text = (name: string) => `${event.getFirstPropertyValue(name)}`
  return {
    method: `${calendar.getFirstPropertyValue('method')}`,
    uid: text('uid'),
    sequence: Number(text('sequence')),
    status: text('status'),
    start: text('dtstart'),
    attendees: event.getAllProperties('attendee').map(attendee => `${attendee.getFirstValue()}`.toLowerCase()),
    alarms: event.getAllSubcomponents('valarm').length
  }
}

/** A mail's words in one line. */
export function wordsOf({ text }: Mail): string {
  return text.replace(/\s+/g, ' ').trim()
}
