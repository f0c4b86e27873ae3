import fc from 'fast-check'
import { DateTime } from 'luxon'
import t from 'tap'
import type { Calendar, Offer } from '../../src/availability/engine.ts'
import { proposeSteps } from '../../src/availability/propose.ts'
import { wallClock } from './oracle.ts'

const zone = 'America/New_York'
const day = 86_400_000
const at = (text: string) => Date.parse(text)
const text = (ms: number) => new Date(ms).toISOString().slice(0, 16)
const now = at('2027-03-01T12:00Z')

const gap = (min: number, max: number) => ({ min, max })
const step = (minutes: number, who: 'both' | 'first' | 'second', min: number, max: number) => ({
  minutes,
  who,
  day: 0,
  after: gap(min, max)
})
const assessment: Offer = {
  plan: {
    anchor: 'start',
    dayExclusive: false,
    apart: true,
    within: 30,
    segments: [
      { minutes: 90, who: 'both', day: 0 },
      step(50, 'first', 1, 14),
      step(50, 'second', 0, 14),
      step(90, 'both', 1, 14)
    ]
  },
  before: 10,
  after: 15,
  grid: 30,
  notice: 60,
  horizon: 120
}
const weekdays = [1, 2, 3, 4, 5]
const open: Calendar = {
  zone,
  hours: [{ days: weekdays, from: 9 * 60, to: 17 * 60 }],
  exceptions: new Map(),
  busy: [],
  sold: []
}

t.test('a whole schedule is proposed from the first start on, each step as early as its gap lets it be', async t => {
  const { verdict, laid, open: left } = proposeSteps(assessment, open, at('2027-03-09T14:00Z'), now)
  t.equal(verdict, 'free')
  t.same(
    laid.map(({ start, proposed }) => [text(start), proposed]),
    [
      ['2027-03-09T14:00', false],
      ['2027-03-10T14:00', true],
      // The same day, after the buffers of both.
      ['2027-03-10T15:30', true],
      ['2027-03-11T14:00', true]
    ]
  )
  t.same(left, [])
})

t.test('what the client changes is kept, and the rest is proposed anew around it', async t => {
  const wishes = [undefined, at('2027-03-17T15:00Z'), undefined, undefined]
  const { verdict, laid } = proposeSteps(assessment, open, at('2027-03-09T14:00Z'), now, wishes)
  t.equal(verdict, 'free')
  t.same(
    laid.map(({ start }) => text(start)),
    ['2027-03-09T14:00', '2027-03-17T15:00', '2027-03-17T16:30', '2027-03-18T13:00']
  )
  const late = proposeSteps(assessment, open, at('2027-03-09T14:00Z'), now, [
    undefined,
    at('2027-03-29T14:00Z'),
    undefined,
    undefined
  ])
  t.same(
    late.laid.map(({ verdict }) => verdict),
    ['free', 'not-offered', 'free', 'free'],
    'later than 14 days after the first: said, and kept as it was chosen'
  )
})

t.test('a step between two that were chosen lies between them', async t => {
  const wishes = [undefined, undefined, undefined, at('2027-03-11T13:00Z')]
  const { laid } = proposeSteps(assessment, open, at('2027-03-09T18:00Z'), now, wishes)
  t.same(
    laid.map(({ start }) => text(start)),
    ['2027-03-09T18:00', '2027-03-10T14:00', '2027-03-10T15:30', '2027-03-11T13:00']
  )
})

t.test('preferred weekdays and hours come first, and never at the price of a step', async t => {
  const preference = { days: [4], from: 14 * 60, to: 17 * 60 }
  const { laid } = proposeSteps(assessment, open, at('2027-03-09T14:00Z'), now, [], preference)
  t.same(
    laid.map(({ start }) => text(start)),
    // Thursdays from 14:00 on in New York; on one afternoon there is room for both. The clock changes on the 14th.
    ['2027-03-09T14:00', '2027-03-11T19:00', '2027-03-11T20:30', '2027-03-18T18:00']
  )
  t.ok(laid.every(({ verdict }) => verdict === 'free'))
})

t.test('a step without a free time stays open, with the days in which it can be laid', async t => {
  const busy = [at('2027-03-10T00:00Z'), at('2027-04-20T00:00Z')]
  const { verdict, laid, open: left } = proposeSteps(assessment, { ...open, busy }, at('2027-03-09T14:00Z'), now)
  t.equal(verdict, 'free', 'what has a time can be had')
  t.same(
    laid.map(({ ordinal }) => ordinal),
    [0]
  )
  t.same(
    left.map(({ ordinal, from, to }) => [ordinal, text(from), text(to)]),
    [
      [1, '2027-03-10T05:00', '2027-03-24T04:00'],
      [2, '2027-03-10T05:00', '2027-04-07T04:00'],
      [3, '2027-03-11T05:00', '2027-04-09T04:00']
    ]
  )
  const wanted = proposeSteps(assessment, open, at('2027-03-09T14:00Z'), now, [undefined, undefined, 'open', undefined])
  t.same(
    wanted.open.map(({ ordinal }) => ordinal),
    [2],
    'also one that the client leaves open'
  )
  t.equal(wanted.laid.length, 3)
})

t.test('too soon, too far and off the grid are said of the first start', async t => {
  t.equal(proposeSteps(assessment, open, now, now).verdict, 'too-soon')
  t.equal(proposeSteps(assessment, open, at('2027-08-09T14:00Z'), now).verdict, 'too-far')
  t.equal(proposeSteps(assessment, open, at('2027-03-09T14:07Z'), now).verdict, 'not-offered')
})

/** Every schedule there is, one after the other: the first that is whole, by the sentence alone. */
function bruteForce(
  steps: { minutes: number; min: number; max: number }[],
  starts: (minutes: number) => number[],
  first: number,
  zone: string,
  {
    between,
    suits,
    perDay,
    within
  }: { between: number; suits: (at: number) => boolean; perDay: number; within: number }
): number[] | undefined {
  const dayOf = (instant: number) => Date.parse(wallClock(zone, instant).date) / day
  const go = (index: number, chosen: number[]): number[] | undefined => {
    const here = steps[index]
    const before = steps[index - 1]
    const last = chosen.at(-1)
    if (!here) return chosen
    if (!before || last === undefined) return go(1, [first])
    const end = last + before.minutes * 60_000
    const possible = starts(here.minutes).filter(
      start =>
        start >= end + between &&
        dayOf(start) - dayOf(end - 60_000) >= here.min &&
        dayOf(start) - dayOf(end - 60_000) <= here.max &&
        dayOf(start) - dayOf(first) <= within &&
        [...chosen, start].filter(other => dayOf(other) === dayOf(start)).length <= perDay
    )
    for (const start of [...possible.filter(suits), ...possible.filter(start => !suits(start))]) {
      const rest = go(index + 1, [...chosen, start])
      if (rest) return rest
    }
    return undefined
  }
  return go(0, [])
}

/** Two days before a change of the clock, both ways; in Cairo and Beirut there is no midnight on the day in spring. */
const changes = [
  ['America/New_York', '2027-03-12', '2027-11-05'],
  ['Europe/London', '2027-03-26', '2027-10-29'],
  ['Australia/Sydney', '2027-04-02', '2027-10-01'],
  ['Australia/Lord_Howe', '2027-04-02', '2027-10-01'],
  ['America/Santiago', '2027-04-02', '2027-09-03'],
  ['Africa/Cairo', '2027-04-28', '2027-10-27'],
  ['Asia/Beirut', '2027-03-26', '2027-10-29']
].flatMap(([zone = '', ...days]) => days.map(day => ({ zone, day })))

t.test(
  'it is the schedule that trying all of them finds first, in every zone through both changes of the clock',
  async t => {
    const hours = { days: [1, 2, 3, 4, 5, 6, 7], from: 540, to: 900 }
    let whole = 0
    let capped = 0
    fc.assert(
      fc.property(
        fc.record({
          gaps: fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 3 })), {
            minLength: 1,
            maxLength: 3
          }),
          lengths: fc.array(fc.constantFrom(60, 120), { minLength: 4, maxLength: 4 }),
          busy: fc.array(fc.tuple(fc.integer({ min: 0, max: 9 * 24 }), fc.integer({ min: 1, max: 20 })), {
            maxLength: 12
          }),
          perDay: fc.constantFrom(1, 2, 9),
          within: fc.integer({ min: 3, max: 9 }),
          liked: fc.constantFrom(undefined, [2, 4], [3]),
          change: fc.constantFrom(...changes)
        }),
        ({ gaps, lengths, busy, perDay, within, liked, change: { zone, day } }) => {
          const first = DateTime.fromISO(`${day}T10:00`, { zone }).toMillis()
          const before = first - 30 * 86_400_000
          const calendar: Calendar = {
            ...open,
            zone,
            hours: [hours],
            // From the first step's end on; the clock changes on the third day.
            busy: busy.flatMap(([from, length]) => {
              const start = first + 4 * 3_600_000 + from * 3_600_000
              return [start, start + length * 3_600_000]
            })
          }
          const steps = [
            { minutes: lengths[0] ?? 60, min: 0, max: 0 },
            ...gaps.map(([min, more], index) => ({ minutes: lengths[index + 1] ?? 60, min, max: min + more }))
          ]
          const offer: Offer = {
            ...assessment,
            before: 0,
            after: 30,
            grid: 60,
            perDay,
            plan: {
              anchor: 'start',
              dayExclusive: false,
              apart: true,
              within,
              segments: steps.map(({ minutes, min, max }, index) => ({
                minutes,
                who: 'both' as const,
                day: 0,
                ...(index > 0 && { after: gap(min, max) })
              }))
            }
          }
          // By half hours, because at Lord Howe the clock changes by one.
          const halves = Array.from({ length: 14 * 48 }, (_, half) => first + half * 1_800_000)
          const starts = (minutes: number) =>
            halves.filter(start => {
              const wall = wallClock(zone, start)
              if (wall.minutes % 60 !== 0) return false
              const [from, to] = [start, start + (minutes + 30) * 60_000]
              const collides = calendar.busy.some(
                (begin, index) => index % 2 === 0 && begin < to && from < (calendar.busy[index + 1] ?? 0)
              )
              return wall.minutes >= hours.from && wall.minutes + minutes <= hours.to && !collides
            })
          const suits = (start: number) =>
            !liked || [...liked].some(one => one === (new Date(wallClock(zone, start).date).getUTCDay() || 7))
          const slow = bruteForce(steps, starts, first, zone, { between: 30 * 60_000, suits, perDay, within })
          const quick = proposeSteps(offer, calendar, first, before, [], { days: liked })
          const times = quick.laid.map(({ start }) => start)
          if (slow) {
            whole += 1
            if (perDay < 9) capped += 1
            t.same(times.map(text), slow.map(text))
          } else t.ok(quick.open.length > 0, 'what cannot be whole leaves a step open')
          t.ok(quick.laid.every(({ verdict }) => verdict === 'free'))
        }
      ),
      { numRuns: 300 }
    )
    t.comment(`${whole} of 300 could be laid whole, ${capped} of them under a cap`)
    t.ok(whole > 100 && whole < 300 && capped > 30)
  }
)
