import { RRuleTemporal } from 'rrule-temporal'
import { dayMs } from './moment.ts'

/** What ical.js makes of an RRULE. A list of one is the one. */
export interface Recur {
  freq?: string
  interval?: number
  count?: number
  until?: string
  wkst?: number
  rscale?: string
  [by: string]: unknown
}

/**
 * How many times of one event are looked at, and how far a rule may be followed: what asks for more is no one's
 * calendar.
 */
export const mostOccurrences = 5000
const mostProducts = 500
const mostCounted = 50_000
const manners = { maxIterations: 10_000, cache: false, tzid: 'UTC' } as const
/** For rules with several times a day. The library takes its slow way whenever it is told a number. */
const bounded = { maxCandidateEvaluations: 20_000 } as const

/** How long a period of each is at most, in ms. */
const frequencies = {
  HOURLY: dayMs / 24,
  DAILY: dayMs,
  WEEKLY: 7 * dayMs,
  MONTHLY: 31 * dayMs,
  YEARLY: 366 * dayMs
} as const
const numbers = [
  'byhour',
  'byminute',
  'bysecond',
  'bymonth',
  'bymonthday',
  'byyearday',
  'byweekno',
  'bysetpos'
] as const
const names = {
  byhour: 'byHour',
  byminute: 'byMinute',
  bysecond: 'bySecond',
  bymonth: 'byMonth',
  bymonthday: 'byMonthDay',
  byyearday: 'byYearDay',
  byweekno: 'byWeekNo',
  bysetpos: 'bySetPos'
} as const
const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const

/**
 * What the clock shows at each occurrence of a rule within [from, to] (ms as if in UTC), soonest first. Expanded by
 * the wall clock, so that no change of a zone's clock moves anything. UNTIL is the caller's: only they know the zone
 * it is meant in.
 * @throws where the rule asks for too much: each second or minute, too many BY parts, no step forward
 */
export function expand(rule: Recur, start: number, from: number, to: number): number[] {
  const { freq } = rule
  if (!isFrequency(freq)) throw new RangeError('A rule that repeats too often, or not at all')
  if (rule.rscale !== undefined && rule.rscale !== 'GREGORIAN') throw new RangeError('Another calendar than ours')
  const days = listOf(rule.byday).map(String)
  const lists = numbers.map(name => [name, listOf(rule[name]).map(Number)] as const)
  const products = [days, ...lists.flatMap(([name, list]) => (name === 'bysetpos' ? [] : [list]))]
  if (products.reduce((product, { length }) => product * Math.max(1, length), 1) > mostProducts)
    throw new RangeError('Too many BY parts')
  if (from > to) return []
  const size = (name: string) => Math.max(1, listOf(rule[name]).length)
  const perDay = (freq === 'HOURLY' ? 24 : size('byhour')) * size('byminute') * size('bysecond')
  const { count, interval = 1 } = rule
  const endless = new RRuleTemporal({
    ...manners,
    ...(perDay > 1 && bounded),
    freq,
    interval,
    ...(rule.wkst !== undefined && { wkst: weekdays[rule.wkst - 1] ?? 'MO' }),
    ...(days.length > 0 && { byDay: days }),
    ...Object.fromEntries(lists.flatMap(([name, list]) => (list.length ? [[names[name], list]] : []))),
    dtstart: asUtc(start)
  })
  const between = (after: number, before: number) =>
    endless.between(new Date(after), new Date(before), true).map(({ epochMilliseconds }) => epochMilliseconds)
  const possible = ((to - start) / dayMs + 2) * perDay
  // One that cannot be used up by then needs no counting.
  if (count === undefined || count > possible) return between(from, to)
  if (possible > mostCounted) throw new RangeError('Too long to count')
  const near = Math.min(to, start + (count + 1) * interval * frequencies[freq])
  const first = between(start, near)
  const all = first.length < count && near < to ? between(start, to) : first
  return all.slice(0, count).filter(wall => wall >= from)
}

function isFrequency(name: string | undefined): name is keyof typeof frequencies {
  return name !== undefined && Object.hasOwn(frequencies, name)
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

/** A wall time as the library takes it. */
function asUtc(wall: number) {
  const text = new Date(wall).toISOString().replace('Z', '+00:00[UTC]')
  return { timeZoneId: 'UTC', toString: () => text }
}
