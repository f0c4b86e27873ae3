import { Unreadable } from './unreadable.ts'

/** One VCALENDAR, cut into its parts: each is parsed for itself, so that one that is not right spoils no other. */
export interface Content {
  /** X-WR-TIMEZONE: where times without a zone are meant. */
  zone: string | undefined
  /** Whole VTIMEZONE components. */
  zones: string[]
  /** VEVENT and VFREEBUSY components, with nothing in them but what says when somebody is busy. */
  events: string[]
  /** Events that began and never ended. */
  broken: number
}

/** What says when: no title, no place, no name is ever parsed. */
const telling = new Set([
  ...['UID', 'DTSTART', 'DTEND', 'DURATION', 'RRULE', 'EXRULE', 'RDATE', 'EXDATE', 'RECURRENCE-ID'],
  ...['STATUS', 'TRANSP', 'X-MICROSOFT-CDO-BUSYSTATUS', 'FREEBUSY']
])
const parts: readonly string[] = ['VEVENT', 'VFREEBUSY', 'VTIMEZONE']

/**
 * Cuts a file into calendars, and these into their parts. Lines may end with CRLF, LF or CR, and names are written in
 * any case.
 * @throws Unreadable where it is no calendar, or ends before the calendar does: what is missing may be busy
 */
export function cut(text: string): Content[] {
  const calendars: Content[] = []
  let calendar: Content | undefined
  let part: { name: string; lines: string[]; depth: number } | undefined
  const close = (whole: boolean) => {
    if (part && calendar) {
      if (!whole) calendar.broken += 1
      else (part.name === 'VTIMEZONE' ? calendar.zones : calendar.events).push(framed(part))
    }
    part = undefined
  }
  for (const line of unfolded(text)) {
    const [, edge = '', component = ''] = /^(BEGIN|END):\s*([\w-]+)\s*$/i.exec(line.slice(0, 80))?.map(upper) ?? []
    if (component === 'VCALENDAR') {
      close(false)
      calendar = edge === 'BEGIN' ? { zone: undefined, zones: [], events: [], broken: 0 } : undefined
      if (calendar) calendars.push(calendar)
    } else if (!calendar) continue
    else if (edge === 'BEGIN' && parts.includes(component)) {
      close(false)
      part = { name: component, lines: [], depth: 0 }
    } else if (part && edge === 'END' && component === part.name) close(true)
    else if (!part) calendar.zone ??= /^X-WR-TIMEZONE[^:]*:\s*(.+)$/i.exec(line)?.[1]?.trim()
    else if (part.name === 'VTIMEZONE') part.lines.push(line)
    else if (edge) part.depth = Math.max(0, part.depth + (edge === 'BEGIN' ? 1 : -1))
    else if (part.depth === 0 && telling.has(nameOf(line))) part.lines.push(withQuotes(line))
  }
  if (calendars.length === 0) throw new Unreadable('not-a-calendar')
  if (calendar) throw new Unreadable('cut-off')
  return calendars
}

/** RFC 5545, 3.1: a line that begins with white space goes on with the one before. A byte order mark is no text. */
function unfolded(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/(\r\n|\n|\r)[ \t]/g, '')
    .split(/\r\n|\n|\r/)
}

function framed({ name, lines }: { name: string; lines: string[] }): string {
  return [`BEGIN:${name}`, ...lines, `END:${name}`].join('\r\n')
}

function nameOf(line: string): string {
  return line.slice(0, Math.max(0, line.search(/[;:]/))).toUpperCase()
}

/** Some programs name a zone such as `(UTC+01:00) Berlin` without the quotes that its colon needs. */
function withQuotes(line: string): string {
  return line.replace(/^([\w-]+;(?:[^:"]*;)?TZID=)([^":;]*:[^";]*)(:\d{8}(?:T\d{6})?Z?)$/i, '$1"$2"$3')
}

const upper = (text: string) => text.toUpperCase()
