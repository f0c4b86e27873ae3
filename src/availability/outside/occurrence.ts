import type { Event } from './event.ts'
import { dayMs, type Length, type Moment } from './moment.ts'
import type { Zones } from './zone-clock.ts'

/** One occurrence of an event: what its clock shows at the start, and its instants (ms). */
export interface Occurrence {
  wall: number
  start: number
  end: number
}

/** Makes the occurrences of one event from where they begin: each lasts as long as the first. */
export type Lay = (begin: Moment) => Occurrence

/**
 * DURATION: whole days by the calendar, the rest by the clock. DTEND: whole days for a day, else the same time for each
 * (RFC 5545, 3.8.5.3). Neither: a day lasts a day, a time no time at all.
 * @throws where it ends before it begins
 */
export function layOf({ start, end, length }: Pick<Event, 'start' | 'end' | 'length'>, zones: Zones): Lay {
  const lasting = length ?? (start.form === 'date' ? daysTo(start, end) : undefined)
  const ms = lasting ? 0 : zones.instant(end ?? start) - zones.instant(start)
  if (ms < 0) throw new RangeError('It ends before it begins')
  return begin => {
    const instant = zones.instant(begin)
    return { wall: begin.wall, start: instant, end: lasting ? after(begin, lasting, zones) : instant + ms }
  }
}

/** How many days it is from a day to another; one at least, as a calendar shows it. */
function daysTo(start: Moment, end: Moment | undefined): Length | undefined {
  if (end && end.form !== 'date') return undefined
  return { days: Math.max(1, ((end?.wall ?? 0) - start.wall) / dayMs), ms: 0 }
}

function after(begin: Moment, { days, ms }: Length, zones: Zones): number {
  return zones.instant({ ...begin, wall: begin.wall + days * dayMs }) + ms
}
