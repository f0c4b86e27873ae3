import fc from 'fast-check'
import t from 'tap'
import { checkEach, startsAround } from '../../src/availability/check-each.ts'
import type { Calendar, Offer } from '../../src/availability/engine.ts'
import { Plan, spelled } from '../../src/catalog/plan.ts'
import { wallClock } from './oracle.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const seed = Number(process.env.SEED ?? 20270301)
const runs = process.env.SOAK === '1' ? 2000 : 120
const plan = Plan.parse({
  anchor: 'start',
  dayExclusive: false,
  apart: true,
  repeat: { every: [7, 14], times: 4, least: 2, most: 26 },
  segments: [{ minutes: 80, who: 'both', day: 0 }]
})
const offerOf = (times: number, every = 7, more: Partial<Offer> = {}): Offer => ({
  plan: spelled(plan, times, every),
  before: 10,
  after: 15,
  grid: 30,
  notice: 0,
  horizon: 84,
  ...more
})
const calendarOf = (zone: string, more: Partial<Calendar> = {}): Calendar => ({
  zone,
  hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1440, validFrom: undefined, validTo: undefined }],
  exceptions: new Map(),
  busy: [],
  sold: [],
  ...more
})
const at = (text: string) => Date.parse(text)

/** The first minute of a date at which the zone's clock shows so many minutes; looked up minute by minute. */
function whenItShows(zone: string, date: string, minutes: number): number | undefined {
  for (let instant = Date.parse(date) - 15 * hour; instant < Date.parse(date) + 39 * hour; instant += minute) {
    const wall = wallClock(zone, instant)
    if (wall.date === date && wall.minutes === minutes) return instant
  }
  return undefined
}

const later = (date: string, days: number) => new Date(Date.parse(date) + days * day).toISOString().slice(0, 10)

/** Both changes of the year, in five zones; and days whose midnight, or whose hour, does not exist. */
const transitions = [
  { zone: 'America/New_York', around: '2027-03-14' },
  { zone: 'America/New_York', around: '2027-11-07' },
  { zone: 'Europe/London', around: '2027-03-28' },
  { zone: 'Europe/London', around: '2027-10-31' },
  { zone: 'Australia/Sydney', around: '2027-04-04' },
  { zone: 'Australia/Sydney', around: '2027-10-03' },
  { zone: 'Australia/Lord_Howe', around: '2027-04-04' },
  { zone: 'Australia/Lord_Howe', around: '2027-10-03' },
  { zone: 'America/Santiago', around: '2027-04-04' },
  { zone: 'America/Santiago', around: '2027-09-05' },
  { zone: 'Asia/Beirut', around: '2027-03-28' },
  { zone: 'Africa/Cairo', around: '2027-04-30' }
]

for (const { zone, around } of transitions)
  t.test(`a series keeps its local hour over ${around} in ${zone}, or says where that hour does not exist`, async t => {
    for (const minutes of [0, 30, 90, 120, 150, 600, 1350])
      for (const every of [7, 14]) {
        const first = later(around, -every)
        const start = whenItShows(zone, first, minutes)
        if (start === undefined) continue
        const { laid } = checkEach(offerOf(4, every), calendarOf(zone), start, start - day)
        for (const [index, place] of laid.entries()) {
          const expected = whenItShows(zone, later(first, index * every), minutes)
          const told = `${zone} ${later(first, index * every)} ${minutes}`
          if (expected === undefined) t.equal(place.verdict, 'not-offered', `${told} does not exist`)
          else t.equal(place.start, expected, told)
          t.equal(place.end - place.start, 80 * minute, 'its real length')
        }
      }
  })

/** One round: alone, or several on days of their own, for both or for one of them, each of its own length. */
const round = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 2 }),
    fc.array(fc.tuple(fc.constantFrom(30, 50, 80), fc.constantFrom('both', 'first', 'second')), {
      minLength: 3,
      maxLength: 3
    })
  )
  .map(([days, kinds]) =>
    [0, ...days.sort((one, other) => one - other)].map((day, index) => {
      const [minutes = 80, who = 'both'] = kinds[index] ?? []
      return { day, minutes, who }
    })
  )

/** Ten in the morning of a date in New York. */
const tens = new Map<string, number | undefined>()
function ten(date: string): number {
  if (!tens.has(date)) tens.set(date, whenItShows('America/New_York', date, 600))
  return tens.get(date) ?? Number.NaN
}

t.test('each appointment is free, taken or not offered by itself, exactly as one asked alone', async t => {
  const start = at('2027-02-09T15:00:00Z')
  let several = 0
  const now = at('2027-02-01T12:00:00Z')
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 63 * 24 }), fc.integer({ min: 1, max: 30 })), { maxLength: 12 }),
      fc.array(fc.option(fc.integer({ min: -10, max: 10 }), { nil: null }), { maxLength: 15 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: 6 }),
      round,
      fc.constantFrom(7, 14),
      (busy, shifts, closed, segments, every) => {
        const offer = { ...offerOf(1), plan: spelled(Plan.parse({ ...plan, segments }), 5, every) }
        // Every appointment of every round, in order, by the calendar on the wall; a change of the clock lies among them.
        const planned = [0, 1, 2, 3, 4].flatMap(round =>
          segments.map(({ day, ...kind }) => ({ ...kind, start: ten(later('2027-02-09', round * every + day)) }))
        )
        several += segments.length > 1 ? 1 : 0
        const calendar = calendarOf('America/New_York', {
          hours: [{ days: [1, 2, 3, 4, 5], from: 540, to: 1080, validFrom: undefined, validTo: undefined }],
          exceptions: new Map(closed.map(days => [later('2027-02-08', days), []])),
          busy: busy.flatMap(([from, hours]) => [now + from * hour, now + (from + hours) * hour])
        })
        const wishes: readonly (number | null)[] = planned
          .slice(0, shifts.length)
          .map(({ start }, index) => (shifts[index] == null ? null : start + (shifts[index] ?? 0) * 12 * hour))
        const { verdict, laid } = checkEach(offer, calendar, start, now, wishes)
        // The oracle: hour by hour of the wall clock, against the plain list of what is taken.
        let before = Number.NEGATIVE_INFINITY
        const expected = planned.flatMap(
          ({ start: usual, minutes, who }, index): [number, number, string, string][] => {
            const wish = wishes[index]
            if (wish === null) return []
            const from = wish ?? usual
            const to = from + minutes * minute
            const wall = wallClock('America/New_York', from)
            const weekday = new Date(wall.date).getUTCDay()
            const open =
              weekday > 0 &&
              weekday < 6 &&
              wall.minutes >= 540 &&
              wall.minutes + minutes <= 1080 &&
              !calendar.exceptions.has(wall.date)
            const ordered = from >= before + 25 * minute
            before = to
            const near = Math.abs(from - usual) <= 4 * day
            if (!open || !ordered || !near || from < now) return [[from, to, who, 'not-offered']]
            const taken = busy.some(
              ([at, hours]) => now + at * hour < to + 15 * minute && from - 10 * minute < now + (at + hours) * hour
            )
            return [[from, to, who, taken ? 'taken' : 'free']]
          }
        )
        t.same(
          laid.map(({ start, end, who, verdict }) => [start, end, who, verdict]),
          expected
        )
        const said = expected.map(([, , , verdict]) => verdict)
        const whole = said.includes('taken')
          ? 'taken'
          : said.includes('not-offered') || !said.length
            ? 'not-offered'
            : 'free'
        return verdict === whole
      }
    ),
    { seed, numRuns: runs }
  )
  t.ok(several > 0, `${several} of ${runs} had rounds of several`)
})

t.test('other starts for one are of its own day first, are free, keep the order and the grid', async t => {
  const start = at('2027-02-09T15:00:00Z')
  const now = at('2027-02-01T12:00:00Z')
  const offer = offerOf(4)
  const second = start + 7 * day
  const calendar = calendarOf('America/New_York', {
    hours: [{ days: [1, 2, 3, 4, 5], from: 540, to: 1080, validFrom: undefined, validTo: undefined }],
    busy: [second - hour, second + 2 * hour]
  })
  const { laid } = checkEach(offer, calendar, start, now)
  const place = laid[1]
  if (!place) return t.fail('there is a second')
  t.equal(place.verdict, 'taken')
  const found = startsAround(offer, calendar, laid, place, now)
  t.equal(found.length, 5)
  for (const slot of found) {
    t.equal(wallClock('America/New_York', slot.start).date, '2027-02-16', 'its own day has enough')
    const { verdict } = checkEach(offer, calendar, start, now, [undefined, slot.start])
    t.equal(verdict, 'free', 'and is taken as it is offered')
  }
  const closed = { ...calendar, exceptions: new Map([['2027-02-16', []]]) }
  const shut = checkEach(offer, closed, start, now).laid
  const other = shut[1] ? startsAround(offer, closed, shut, shut[1], now) : []
  t.ok(other.length > 0 && other.every(slot => Math.abs(slot.start - second) <= 4 * day), 'else of its week')
})

t.test('a cap counts the series itself, also what a wish brings into the same week', async t => {
  const start = at('2027-02-09T15:00:00Z')
  const now = at('2027-02-01T12:00:00Z')
  const capped = offerOf(3, 7, { perWeek: 1 })
  const calendar = calendarOf('America/New_York')
  t.equal(checkEach(capped, calendar, start, now).verdict, 'free')
  const { verdict, laid } = checkEach(capped, calendar, start, now, [undefined, start + 3 * day])
  t.equal(verdict, 'not-offered')
  t.same(
    laid.map(({ verdict }) => verdict),
    ['free', 'not-offered', 'free'],
    'and says which'
  )
})

t.test('what is wished years ahead costs nothing and is not offered', async t => {
  const start = at('2027-02-09T15:00:00Z')
  const { laid } = checkEach(offerOf(2), calendarOf('UTC'), start, start - day, [undefined, at('9000-01-01T00:00:00Z')])
  t.equal(laid[1]?.verdict, 'not-offered')
})
