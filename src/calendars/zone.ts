import { DateTime, IANAZone } from 'luxon'
import { tzlib_get_ical_block } from 'timezones-ical-library'
import { instantsOf, localDayOf, piecesOf } from '../kernel/wall-clock.ts'

/**
 * The TZID in which these instants can be written, or undefined where UTC says more truly what is meant: the zone has
 * no block, its one yearly rule tells another offset than the tz database somewhere in that year or the two before (Casablanca
 * for its Ramadan; a country that changed its clocks lately, of which older calendars do not know), or the wall clock
 * shows one of these times twice that day.
 */
export function writableZone(zone: string, instants: readonly DateTime[]): string | undefined {
  const rule = ruleOf(zone)
  if (!rule) return undefined
  const right = instants.every(instant => {
    const day = localDayOf(zone, instant.toMillis())
    const offset = piecesOf(zone, day).find(({ end }) => instant.toMillis() < end)?.offset ?? 0
    const wall = instant.toMillis() + offset
    const year = new Date(wall).getUTCFullYear()
    return (
      instantsOf(zone, day, wall / 60_000 - day * 1440).length === 1 &&
      [year - 2, year - 1, year].every(each => holdsIn(each, rule, zone)) &&
      tells(rule, wall, offset)
    )
  })
  return right ? rule.tzid : undefined
}

/** The VTIMEZONE (RFC 5545, 3.6.5) for a TZID, with its yearly rules from 1970; null where there is none. */
export function vtimezone(tzid: string): string | null {
  return ruleOf(tzid)?.block ?? null
}

/** When a part of the year begins, by the wall clock until then, and the offset from UTC that it brings, in minutes. */
interface Onset {
  month: number
  week: number
  weekday: number
  hour: number
  minute: number
  offset: number
}

interface ZoneRule {
  tzid: string
  block: string
  onsets: Onset[]
  /** The years in which it was compared with the tz database, and whether it held. */
  years: Map<number, boolean>
  /** By year, its onsets and those of the year before, in order: wall clock in ms, offset in minutes. */
  inOrder: Map<number, { at: number; offset: number }[]>
}

/** What the library says of each zone, read once. */
const rules = new Map<string, ZoneRule | undefined>()

function ruleOf(zone: string): ZoneRule | undefined {
  if (!rules.has(zone)) rules.set(zone, readRule(zone))
  return rules.get(zone)
}

/** The library answers `[block, line]`, with the main name for an alias. */
function readRule(zone: string): ZoneRule | undefined {
  if (!IANAZone.isValidZone(zone)) return undefined
  const [block] = tzlib_get_ical_block(zone)
  const tzid = /^TZID:(.+)$/m.exec(block ?? '')?.[1]?.trim()
  if (!block || !tzid || tzid === 'Etc/UTC' || !IANAZone.isValidZone(tzid)) return undefined
  const parts = block.split(/^END:(?:STANDARD|DAYLIGHT)/m).slice(0, -1)
  return { tzid, block, onsets: parts.map(readOnset), years: new Map(), inOrder: new Map() }
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

function readOnset(part: string): Onset {
  const [, sign, hours, minutes] = /^TZOFFSETTO:([+-])(\d\d)(\d\d)/m.exec(part) ?? []
  const [, hour, minute] = /^DTSTART:\d{8}T(\d\d)(\d\d)/m.exec(part) ?? []
  const [, month, week, day = ''] = /^RRULE:FREQ=YEARLY;BYMONTH=(\d+);BYDAY=(-?\d)([A-Z]{2})/m.exec(part) ?? []
  return {
    month: Number(month ?? 1),
    week: Number(week ?? 1),
    weekday: weekdays.indexOf(day) + 1,
    hour: Number(hour),
    minute: Number(minute),
    offset: (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  }
}

/** Asked once a zone and year, week by week. */
function holdsIn(year: number, rule: ZoneRule, zone: string): boolean {
  const known = rule.years.get(year)
  if (known !== undefined) return known
  const weeks = Array.from({ length: 52 }, (_, week) =>
    DateTime.utc(year, 1, 4, 12).plus({ weeks: week }).setZone(zone)
  )
  const held = weeks.every(local => tells(rule, local.toMillis() + local.offset * 60_000, local.offset * 60_000))
  rule.years.set(year, held)
  return held
}

/** Does a reader of the block find the right offset for this wall clock (both in ms)? The last onset before it counts. */
function tells(rule: ZoneRule, wall: number, offset: number): boolean {
  const last = onsetsAround(rule, new Date(wall).getUTCFullYear()).findLast(({ at }) => at <= wall)
  return last?.offset === offset / 60_000
}

/** Put together once a zone and year: a feed asks for each of its appointments. */
function onsetsAround({ onsets, inOrder }: ZoneRule, year: number) {
  const known = inOrder.get(year)
  if (known) return known
  const found = onsets
    .flatMap(onset => [year - 1, year].map(each => ({ at: onsetIn(onset, each).toMillis(), offset: onset.offset })))
    .sort((one, other) => one.at - other.at)
  inOrder.set(year, found)
  return found
}

function onsetIn({ month, week, weekday, hour, minute }: Onset, year: number): DateTime {
  if (weekday === 0) return DateTime.utc(year)
  const first = DateTime.utc(year, month, 1, hour, minute)
  if (week > 0) return first.plus({ days: ((weekday - first.weekday + 7) % 7) + (week - 1) * 7 })
  const last = DateTime.utc(year, month, first.daysInMonth ?? 28, hour, minute)
  return last.minus({ days: ((last.weekday - weekday + 7) % 7) + (-week - 1) * 7 })
}
