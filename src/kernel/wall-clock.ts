import { IANAZone } from 'luxon'

/** A stretch of one local day in which the zone's offset does not change: instants [start, end), wall = instant + offset (ms). */
export interface Piece {
  start: number
  end: number
  offset: number
}

const day = 86_400_000
const zones = new Map<string, ZoneMemory>()

interface ZoneMemory {
  zone: IANAZone
  /** Offset at 00:00 UTC, by UTC day. */
  offsets: Map<number, number>
  /** A UTC day cut where the offset changes, by UTC day: where that is costs a search. */
  stretches: Map<number, readonly Piece[]>
  /** The pieces of a local day, by local day. */
  days: Map<number, readonly Piece[]>
}

/**
 * The pieces of a local day, soonest first. Usually one; a clock change makes two (with a gap or a repeated stretch of
 * wall time between them); none where the zone skipped the day.
 * @param localDay days since 1970-01-01 on the local calendar
 */
export function piecesOf(zone: string, localDay: number): readonly Piece[] {
  const memory = memoryOf(zone)
  const known = memory.days.get(localDay)
  if (known) return known
  const midnight = localDay * day
  const pieces: Piece[] = []
  for (let utcDay = localDay - 1; utcDay <= localDay + 1; utcDay++)
    for (const { start, end, offset } of constantStretches(memory, utcDay)) {
      const from = Math.max(start, midnight - offset)
      const to = Math.min(end, midnight + day - offset)
      const last = pieces.at(-1)
      if (from >= to) continue
      if (last && last.end === from && last.offset === offset) last.end = to
      else pieces.push({ start: from, end: to, offset })
    }
  if (memory.days.size >= 2000) memory.days.clear()
  memory.days.set(localDay, pieces)
  return pieces
}

/** The local day in which an instant lies, in days since 1970-01-01 on the local calendar. */
export function localDayOf(zone: string, instant: number): number {
  const memory = memoryOf(zone)
  const stretches = constantStretches(memory, Math.floor(instant / day))
  const stretch = instant < (stretches[0]?.end ?? instant) ? stretches[0] : stretches[1]
  return Math.floor((instant + (stretch?.offset ?? 0)) / day)
}

/** Every instant at which a local day's wall clock shows so many minutes: none in a gap, two in a repeated stretch. */
export function instantsOf(zone: string, localDay: number, minutes: number): number[] {
  const wall = localDay * day + minutes * 60_000
  return piecesOf(zone, localDay).flatMap(({ start, end, offset }) =>
    wall - offset >= start && wall - offset < end ? [wall - offset] : []
  )
}

/** The first of them, without a list: asked of every appointment of every start of a series. */
export function firstInstantOf(zone: string, localDay: number, minutes: number): number | undefined {
  const wall = localDay * day + minutes * 60_000
  for (const { start, end, offset } of piecesOf(zone, localDay)) {
    const instant = wall - offset
    if (instant >= start && instant < end) return instant
  }
  return undefined
}

/** `YYYY-MM-DD` as days since 1970-01-01. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / day
}

/** Days since 1970-01-01 as `YYYY-MM-DD`. */
export function dateOf(localDay: number): string {
  return new Date(localDay * day).toISOString().slice(0, 10)
}

/** ISO 8601: Monday is 1. 1970-01-01 was a Thursday. */
export function weekdayOf(localDay: number): number {
  return ((((localDay + 3) % 7) + 7) % 7) + 1
}

function memoryOf(name: string): ZoneMemory {
  const known = zones.get(name)
  if (known) return known
  const zone = IANAZone.create(name)
  if (!zone.isValid) throw new RangeError(`There is no time zone “${name}”`)
  const memory = { zone, offsets: new Map(), stretches: new Map(), days: new Map() }
  zones.set(name, memory)
  return memory
}

/** One UTC day cut where the zone's offset changes. Two changes on one UTC day have not been seen in tzdata since 1970. */
function constantStretches(memory: ZoneMemory, utcDay: number): readonly Piece[] {
  const known = memory.stretches.get(utcDay)
  if (known) return known
  const cut = cutDay(memory, utcDay)
  if (memory.stretches.size >= 4000) memory.stretches.clear()
  memory.stretches.set(utcDay, cut)
  return cut
}

function cutDay(memory: ZoneMemory, utcDay: number): Piece[] {
  const start = utcDay * day
  const first = offsetAt(memory, utcDay)
  const last = offsetAt(memory, utcDay + 1)
  if (first === last) return [{ start, end: start + day, offset: first }]
  const change = changeBetween(memory.zone, start, start + day, first)
  return [
    { start, end: change, offset: first },
    { start: change, end: start + day, offset: last }
  ]
}

function offsetAt({ zone, offsets }: ZoneMemory, utcDay: number): number {
  const known = offsets.get(utcDay)
  if (known !== undefined) return known
  const offset = zone.offset(utcDay * day) * 60_000
  if (offsets.size >= 4000) offsets.clear()
  offsets.set(utcDay, offset)
  return offset
}

/** The first instant, to the minute, at which the offset is another than before. */
function changeBetween(zone: IANAZone, from: number, to: number, before: number): number {
  let [low, high] = [from, to]
  while (high - low > 60_000) {
    const middle = low + Math.floor((high - low) / 120_000) * 60_000
    if (zone.offset(middle) * 60_000 === before) low = middle
    else high = middle
  }
  return high
}
