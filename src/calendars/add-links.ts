import type { DateTime } from 'luxon'
import { oneLine } from './text.ts'

/** Addresses that open a new entry in somebody's own calendar on the web. */
export interface AddLinks {
  google: string
  outlook: string
  office365: string
}

/**
 * They carry the title that the person chose and the time, and nothing else: what stands in them goes to Google or
 * Microsoft as soon as they are opened.
 */
export function addToCalendarLinks({ title, start, end }: { title: string; start: DateTime; end: DateTime }): AddLinks {
  const basic = (time: DateTime) => time.toUTC().toFormat("yyyyLLdd'T'HHmmss'Z'")
  const extended = (time: DateTime) => time.toUTC().toFormat("yyyy-LL-dd'T'HH:mm:ss'Z'")
  const text = oneLine(title)
  const compose = {
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: text,
    startdt: extended(start),
    enddt: extended(end)
  }
  return {
    google: address('https://calendar.google.com/calendar/render', {
      action: 'TEMPLATE',
      text,
      dates: `${basic(start)}/${basic(end)}`
    }),
    outlook: address('https://outlook.live.com/calendar/0/deeplink/compose', compose),
    office365: address('https://outlook.office.com/calendar/0/deeplink/compose', compose)
  }
}

/** Blanks as %20: Outlook shows a plus as it is. */
function address(base: string, query: Record<string, string>): string {
  return `${base}?${new URLSearchParams(query).toString().replaceAll('+', '%20')}`
}
