import { firstYear, lastYear } from '../../kernel/our-years.ts'
import { merged } from '../stretches.ts'
import { type Content, cut } from './content.ts'
import { type Event, readEvent, readFreeBusy } from './event.ts'
import { dayMs } from './moment.ts'
import { layOf } from './occurrence.ts'
import { takenBy, type Window } from './series.ts'
import { type Zones, zonesOf } from './zone-clock.ts'

/** What is asked of a calendar's text. */
export interface Question extends Window {
  /** Where days are meant, and times of which nothing says where: an IANA zone. */
  zone: string
  /** Our own entries are known by the domain of their UID, and left out. */
  uidDomain: string
}

/** When somebody is busy: merged flat stretches (ms) that touch the window, and how many events could not be read. */
export interface Busy {
  busy: number[]
  skipped: number
}

/**
 * Reads iCalendar (RFC 5545) as the world writes it. One event that is not right spoils no other: it is counted.
 * @throws Unreadable where it is no calendar
 */
export function readBusy(text: string, question: Question): Busy {
  const busy: number[] = []
  let skipped = 0
  for (const content of cut(text)) {
    const read = busyIn(content, question)
    for (const edge of read.busy) busy.push(edge)
    skipped += read.skipped
  }
  return { busy: merged(busy.map(tellable)), skipped }
}

/** What begins or ends beyond the years that are told, as a very long event may, is busy up to there. */
const [earliest, latest] = [Date.UTC(firstYear, 0), Date.UTC(lastYear, 11, 31)]
const tellable = (edge: number) => Math.min(Math.max(edge, earliest), latest)

function busyIn(content: Content, { zone, uidDomain, ...window }: Question): Busy {
  const zones = zonesOf(content, zone)
  const found: Busy = { busy: [], skipped: content.broken }
  const attempt = <T>(act: () => T): T | undefined => {
    try {
      return act()
    } catch {
      found.skipped += 1
      return undefined
    }
  }
  const events = content.events.flatMap(text => {
    if (/^BEGIN:VFREEBUSY/.test(text)) {
      for (const edge of attempt(() => freeBusyIn(text, zones, window)) ?? []) found.busy.push(edge)
      return []
    }
    const event = attempt(() => soundEvent(text, zones))
    return event && !event.uid.toLowerCase().endsWith(`@${uidDomain}`) ? [event] : []
  })
  for (const series of seriesOf(events)) {
    const taken = attempt(() => takenBy(series, zones, window))
    for (const edge of taken?.busy ?? []) found.busy.push(edge)
    if (taken?.strange) found.skipped += 1
  }
  return found
}

/** Looked at alone first: one that ends before it begins spoils no series. */
function soundEvent(text: string, zones: Zones): Event {
  const event = readEvent(text)
  layOf(event, zones)
  return event
}

/** What belongs together by its UID; one without a UID is alone. */
function seriesOf(events: readonly Event[]): Event[][] {
  const alone = events.filter(({ uid }) => uid === '').map(event => [event])
  return [
    ...Map.groupBy(
      events.filter(({ uid }) => uid !== ''),
      ({ uid }) => uid
    ).values(),
    ...alone
  ]
}

function freeBusyIn(text: string, zones: Zones, { from, to }: Window): number[] {
  return readFreeBusy(text).flatMap(({ start, end, length }) => {
    const begins = zones.instant(start)
    const ends = end ? zones.instant(end) : begins + (length ? length.days * dayMs + length.ms : 0)
    return begins < to && ends > from ? [begins, ends] : []
  })
}
