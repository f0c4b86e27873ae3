import { IANAZone } from 'luxon'
import { findIana } from 'windows-iana'
import { piecesOf } from '../../kernel/wall-clock.ts'
import type { Content } from './content.ts'
import { dayMs, type Moment } from './moment.ts'
import { ownClocks } from './own-zone.ts'

/**
 * The instant at which a clock shows a wall time: the first of two in a repeated stretch; in a gap by the offset
 * before it (RFC 5545, 3.3.5).
 */
export type Clock = (wall: number) => number

/** Instants of what stands in one calendar. */
export interface Zones {
  instant(moment: Moment): number
  /** The instant at which a day begins where somebody lives. */
  day(wall: number): number
}

/**
 * Who knows a zone by its name: IANA → Windows → the end of a global name → the calendar's own VTIMEZONE; for a name
 * that nobody knows, and for none: the calendar's zone, and at last the practice's.
 * @param home an IANA zone; days are meant there
 */
export function zonesOf({ zone: calendarZone, zones }: Pick<Content, 'zone' | 'zones'>, home: string): Zones {
  const known = new Map<string, Clock>()
  const own = ownClocks(zones)
  const usual = clockIn(nameOf(calendarZone ?? '') ?? home)
  const clock = (zone = ''): Clock => {
    const found = known.get(zone)
    if (found) return found
    const name = nameOf(zone)
    const made = (name ? clockIn(name) : own(zone)) ?? usual
    known.set(zone, made)
    return made
  }
  const day = (wall: number) => dayStart(home, Math.floor(wall / dayMs))
  return {
    day,
    instant: ({ form, wall, zone }) => (form === 'utc' ? wall : form === 'date' ? day(wall) : clock(zone)(wall))
  }
}

const longestName = 200

/** The IANA name of a zone, however it was named. */
function nameOf(given: string): string | undefined {
  const name = given.trim()
  if (name === '' || name.length > longestName) return undefined
  if (isName(name)) return name
  const [windows] = findIana(name)
  if (windows) return windows
  const parts = name.split('/').filter(Boolean)
  return parts.map((_, index) => parts.slice(index).join('/')).find(isName)
}

const isName = (name: string) => /^[\w+-]+(\/[\w+-]+)*$/.test(name) && IANAZone.isValidZone(name)

function clockIn(zone: string): Clock {
  return wall => {
    const day = Math.floor(wall / dayMs)
    const pieces = piecesOf(zone, day)
    const shown = pieces.find(({ start, end, offset }) => start <= wall - offset && wall - offset < end)
    if (shown) return wall - shown.offset
    const before = [...piecesOf(zone, day - 1), ...pieces].findLast(({ end, offset }) => end <= wall - offset)
    return wall - (before?.offset ?? 0)
  }
}

/** A day that a zone skipped begins with the next. */
function dayStart(zone: string, day: number): number {
  return piecesOf(zone, day)[0]?.start ?? piecesOf(zone, day + 1)[0]?.start ?? day * dayMs
}
