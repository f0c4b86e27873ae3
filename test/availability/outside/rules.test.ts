import fc from 'fast-check'
import t from 'tap'
import { busyIn } from '../../support/outside-cases.ts'

/**
 * The oracle shares no import with what it judges: it walks from day to day by the calendar on the wall, and asks
 * Intl what a zone's clock shows.
 */
const seed = Number(process.env.SEED ?? 20270301)
const numRuns = process.env.SOAK ? 20_000 : 400
const minute = 60_000
const day = 86_400_000
const [from, to] = [Date.UTC(2027, 2, 1), Date.UTC(2027, 5, 1)]

interface Rule {
  zone: string
  /** Days after 1 January 2027, and minutes of the day. */
  start: { day: number; minute: number }
  length: number
  weekdays: readonly number[]
  every: number
  count: number | undefined
  until: number | undefined
  without: readonly number[]
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** What a zone's clock shows at an instant, as if it were UTC. */
function shown(zone: string, instant: number): number {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...parts })
  formats.set(zone, format)
  const is = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(is.year ?? 0, (is.month ?? 0) - 1, is.day, is.hour, is.minute)
}

/** The first instant at which the clock shows it; where it never does, by the offset of the day before. */
function instantOf(zone: string, wall: number): number {
  const offsets = [-day, day].map(apart => shown(zone, wall + apart) - (wall + apart))
  const shows = offsets.map(offset => wall - offset).filter(instant => shown(zone, instant) === wall)
  return shows.length ? Math.min(...shows) : wall - (offsets[0] ?? 0)
}

function oracle({ zone, start, length, weekdays, every, count = Infinity, until = Infinity, without }: Rule) {
  const first = Date.UTC(2027, 0, 1) + start.day * day
  const pairs: [number, number][] = []
  const weekOf = (at: number) => Math.floor((at / day + 3) / 7)
  let left = count
  for (let at = first; at < to + 2 * day && left > 0; at += day) {
    const isWeek = weekdays.length > 0
    const fits = isWeek
      ? (weekOf(at) - weekOf(first)) % every === 0 && weekdays.includes(new Date(at).getUTCDay())
      : ((at - first) / day) % every === 0
    // The first is an occurrence in any case, and uses up the count only where the rule has it.
    if (!fits && at !== first) continue
    const instant = instantOf(zone, at + start.minute * minute)
    if (at !== first && instant > until) break
    if (fits) left -= 1
    if (!without.includes((at - first) / day)) pairs.push([instant, instant + length * minute])
  }
  const merged: [number, number][] = []
  for (const [begin, end] of pairs.filter(([begin, end]) => begin < to && end > from)) {
    const last = merged.at(-1)
    if (last && begin <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([begin, end])
  }
  return merged.map(pair => pair.map(edge => new Date(edge).toISOString().replace(':00.000Z', 'Z')))
}

const names = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
const basic = (wall: number) => new Date(wall).toISOString().slice(0, 19).replace(/[-:]/g, '')

function written({ zone, start, length, weekdays, every, count, until, without }: Rule): string {
  const first = Date.UTC(2027, 0, 1) + start.day * day + start.minute * minute
  const rule = [
    weekdays.length ? `FREQ=WEEKLY;BYDAY=${weekdays.map(weekday => names[weekday]).join(',')}` : 'FREQ=DAILY',
    `INTERVAL=${every}`,
    ...(count === undefined ? [] : [`COUNT=${count}`]),
    ...(until === undefined ? [] : [`UNTIL=${basic(until)}Z`])
  ].join(';')
  const lines = [`UID:u@x`, `DTSTART;TZID=${zone}:${basic(first)}`, `DURATION:PT${length}M`, `RRULE:${rule}`]
  const exceptions = without.map(days => `EXDATE;TZID=${zone}:${basic(first + days * day)}`)
  return ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...lines, ...exceptions, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n')
}

const rules: fc.Arbitrary<Rule> = fc
  .record({
    zone: fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'America/Santiago',
      'Asia/Beirut',
      'UTC'
    ),
    start: fc.record({ day: fc.nat(140), minute: fc.nat(95).map(quarter => quarter * 15) }),
    length: fc.integer({ min: 1, max: 1500 }),
    weekdays: fc.uniqueArray(fc.nat(6), { maxLength: 4 }),
    every: fc.integer({ min: 1, max: 5 }),
    end: fc.oneof(
      fc.constant({}),
      fc.record({ count: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ until: fc.nat(200 * 96).map(quarter => Date.UTC(2027, 0, 1) + quarter * 15 * minute) })
    ),
    without: fc.uniqueArray(fc.nat(60), { maxLength: 4 })
  })
  .map(({ end, ...rule }) => ({ count: undefined, until: undefined, ...rule, ...end }))

t.test('rules by day and by week are what one counts on a calendar', async t => {
  fc.assert(
    fc.property(rules, rule => {
      const { busy, skipped } = busyIn(written(rule))
      if (skipped || JSON.stringify(busy) !== JSON.stringify(oracle(rule))) throw new Error(written(rule))
    }),
    { numRuns, seed }
  )
  t.pass(`${numRuns} rules, seed ${seed}`)
})
