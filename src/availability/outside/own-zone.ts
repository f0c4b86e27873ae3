import { type Component, find, momentsOf, parse } from './moment.ts'
import { expand, mostOccurrences, type Recur } from './recurrence.ts'

/** From here on it is the same clock: the wall time at which it changes, and its offsets before and after (ms). */
interface Change {
  wall: number
  from: number
  to: number
}

/** A VTIMEZONE's rules are followed within these years: before and after, its clock does not change any more. */
const [since, until] = [Date.UTC(1995, 0), Date.UTC(2060, 0)]
const mostParts = 200

/**
 * The clocks that a calendar's own VTIMEZONEs describe, by their names; undefined for one that is not there or cannot
 * be read.
 */
export function ownClocks(zones: readonly string[]): (name: string) => ((wall: number) => number) | undefined {
  let components: Map<string, Component> | undefined
  return name => {
    components ??= new Map(zones.flatMap(named).reverse())
    const component = components.get(name)
    return component && clockOf(component)
  }
}

function clockOf([, , parts]: Component): ((wall: number) => number) | undefined {
  const changes = readable(() => {
    if (parts.length > mostParts) throw new RangeError('A zone of too many parts')
    return parts.flatMap(changesOfPart).sort((one, other) => one.wall - one.from - (other.wall - other.from))
  })
  const [first] = changes ?? []
  if (!changes || !first) return undefined
  return wall => {
    const change = lastBefore(changes, wall)
    if (!change) return wall - first.from
    const instant = change.wall - change.from
    // Within a gap the new offset would lead back before the change: the old one is meant.
    return wall - change.to >= instant ? wall - change.to : wall - change.from
  }
}

function named(text: string): [string, Component][] {
  const component = readable(() => parse(text))
  return component ? [[String(find(component[1], 'tzid')?.[3] ?? ''), component]] : []
}

/** A zone that cannot be read is like one that is not there: its times are meant where the calendar's are. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

function changesOfPart([, properties]: Component): Change[] {
  const [from, to] = ['tzoffsetfrom', 'tzoffsetto'].map(name => offsetOf(String(find(properties, name)?.[3])))
  const start = find(properties, 'dtstart')
  const first = start && momentsOf(start)[0]?.wall
  if (from === undefined || to === undefined || first === undefined) throw new RangeError('A zone without its offsets')
  const rule = find(properties, 'rrule')?.[3] as Recur | undefined
  if (rule && rule.freq !== 'YEARLY' && rule.freq !== 'MONTHLY') throw new RangeError('A clock changes once in a while')
  const last = rule?.until ? Date.parse(rule.until.endsWith('Z') ? rule.until : `${rule.until}Z`) : Infinity
  const repeated = rule ? expand(rule, first, Math.max(first, since), until) : []
  const named = properties.filter(([name]) => name === 'rdate').flatMap(momentsOf)
  const walls = [first, ...named.map(({ wall }) => wall), ...repeated.filter(wall => wall - from <= last)]
  return [...new Set(walls)].slice(0, mostOccurrences).map(wall => ({ wall, from, to }))
}

/** `+01:00` or `-01:30:45` in ms. */
function offsetOf(text: string): number {
  const [all, sign, hours, minutes, seconds = '0'] = /^([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(text) ?? []
  if (all === undefined) throw new RangeError('Not an offset')
  return (sign === '-' ? -1 : 1) * ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
}

function lastBefore(changes: readonly Change[], wall: number): Change | undefined {
  let [low, high] = [0, changes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const change = changes[middle]
    if (change && change.wall <= wall) low = middle + 1
    else high = middle
  }
  return changes[low - 1]
}
