import fc from 'fast-check'
import { DateTime } from 'luxon'
import t from 'tap'
import { proposeAround } from '../../src/availability/around.ts'
import type { Calendar, Offer } from '../../src/availability/engine.ts'
import { wallClock } from './oracle.ts'

const hour = 3_600_000
const text = (ms: number) => new Date(ms).toISOString().slice(0, 16)

/** Days before a change of the clock, both ways: it changes between the steps and the private day. */
const changes = [
  ['America/New_York', '2027-03-15', '2027-11-08'],
  ['Australia/Sydney', '2027-04-05', '2027-10-04'],
  ['Australia/Lord_Howe', '2027-04-05', '2027-10-04'],
  ['America/Santiago', '2027-04-05', '2027-09-06'],
  ['Africa/Cairo', '2027-05-01', '2027-10-30']
].flatMap(([zone = '', ...days]) => days.map(day => ({ zone, day })))

const hours = { days: [1, 2, 3, 4, 5, 6, 7], from: 540, to: 900 }

interface Asked {
  kind: 'before' | 'after'
  minutes: number
  low: number
  high: number
}

/** By the sentence alone, on instants of half hours: a step lies whole in the hours, in nobody's way, in its window. */
function possible(step: Asked, zone: string, anchor: number, end: number, earliest: number, busy: [number, number][]) {
  const dayOf = (instant: number) => Date.parse(wallClock(zone, instant).date) / 86_400_000
  const halves = Array.from({ length: 26 * 48 }, (_, half) => anchor - 13 * 24 * hour + half * (hour / 2))
  return halves.filter(start => {
    const wall = wallClock(zone, start)
    const stop = start + step.minutes * 60_000
    if (start < earliest || wall.minutes % 60 !== 0) return false
    if (wall.minutes < hours.from || wall.minutes + step.minutes > hours.to) return false
    // Thirty minutes after each session are its own.
    if (busy.some(([from, to]) => from < stop + hour / 2 && start < to)) return false
    if (step.kind === 'before') return stop + step.low * hour <= anchor && dayOf(anchor) - dayOf(start) <= step.high
    const gap = dayOf(start) - dayOf(end - 60_000)
    return start >= end + hour / 2 && step.low <= gap && gap <= step.high
  })
}

/** Every schedule of so many of the steps, one after the other: the first that is whole. */
function bruteForce(steps: { minutes: number; starts: number[] }[]): number[] | undefined {
  const go = (index: number, chosen: number[]): number[] | undefined => {
    const here = steps[index]
    const before = steps[index - 1]
    const last = chosen.at(-1)
    if (!here) return chosen
    const free = last === undefined || !before ? -Infinity : last + before.minutes * 60_000 + hour / 2
    for (const start of here.starts) {
      const rest = start >= free ? go(index + 1, [...chosen, start]) : undefined
      if (rest) return rest
    }
    return undefined
  }
  return go(0, [])
}

t.test(
  'steps beside private days are those that trying all of them finds first, through both changes of the clock',
  async t => {
    let whole = 0
    fc.assert(
      fc.property(
        fc.record({
          befores: fc.array(
            fc.record({
              minutes: fc.constantFrom(60, 120),
              low: fc.constantFrom(0, 24, 48, 50),
              more: fc.integer({ min: 0, max: 5 })
            }),
            { maxLength: 2 }
          ),
          afters: fc.array(
            fc.record({
              minutes: fc.constantFrom(60, 120),
              low: fc.integer({ min: 0, max: 2 }),
              more: fc.integer({ min: 0, max: 3 })
            }),
            { maxLength: 1 }
          ),
          busy: fc.array(fc.tuple(fc.integer({ min: -11 * 24, max: 9 * 24 }), fc.integer({ min: 1, max: 40 })), {
            maxLength: 14
          }),
          left: fc.subarray(['before', 'after'] as const),
          notice: fc.constantFrom(0, 24, 24 * 4),
          change: fc.constantFrom(...changes)
        }),
        ({ befores, afters, busy: taken, left, notice, change: { zone, day } }) => {
          const anchor = DateTime.fromISO(`${day}T10:00`, { zone }).toMillis()
          const end = anchor + 3 * hour
          // Nothing stands in the way of the day itself.
          const dayFrom = DateTime.fromISO(day, { zone }).startOf('day').toMillis()
          const dayTo = DateTime.fromISO(day, { zone }).endOf('day').toMillis() + 1
          const busy = taken
            .map(([from, length]): [number, number] => [anchor + from * hour, anchor + (from + length) * hour])
            .filter(([from, to]) => to <= dayFrom || from >= dayTo)
          const steps: Asked[] = [
            ...befores.map(
              ({ minutes, low, more }): Asked => ({
                kind: 'before',
                minutes,
                low,
                high: Math.ceil(low / 24) + more + 1
              })
            ),
            ...afters.map(({ minutes, low, more }): Asked => ({ kind: 'after', minutes, low, high: low + more }))
          ]
          const segments = steps.map(({ kind, minutes, low, high }) => ({
            minutes,
            who: 'both' as const,
            day: 0,
            ...(kind === 'before' ? { before: { hours: low, days: high } } : { after: { min: low, max: high } })
          }))
          // What could be taken along and is not stands between them, and leaves no gap.
          const notTaken = left.map(kind => ({
            minutes: 60,
            who: 'both' as const,
            day: 0,
            optional: true as const,
            ...(kind === 'before' ? { before: { hours: 72, days: 9 } } : { after: { min: 4, max: 6 } })
          }))
          const wanted = steps.map((_, index) => index + 1 + (index < befores.length ? 0 : left.length))
          const offer: Offer = {
            plan: {
              anchor: 'day',
              dayExclusive: true,
              segments: [
                { minutes: 180, who: 'both', day: 0, at: '10:00' },
                ...segments.slice(0, befores.length),
                ...notTaken,
                ...segments.slice(befores.length)
              ]
            },
            before: 0,
            after: 30,
            grid: 60,
            notice: notice * 60,
            horizon: 120
          }
          const calendar: Calendar = { zone, hours: [hours], exceptions: new Map(), busy: busy.flat(), sold: [] }
          const now = anchor - 10 * 24 * hour
          const { verdict, laid, open } = proposeAround(offer, calendar, anchor, now, { wanted })
          if (verdict !== 'free') return
          const wishes = offer.plan.segments.map((_, ordinal) =>
            ordinal === 0 ? null : (laid.find(one => one.ordinal === ordinal)?.start ?? 'open')
          )
          const chosen = proposeAround(offer, calendar, anchor, now, { wanted, wishes })
          t.same(
            [chosen.verdict, chosen.laid.map(({ ordinal, start }) => [ordinal, start])],
            ['free', laid.map(({ ordinal, start }) => [ordinal, start])],
            'what is proposed can be chosen'
          )
          const around: [number, number][] = [...busy, [dayFrom, dayTo]]
          const starts = steps.map(step => possible(step, zone, anchor, end, now + notice * hour, around))
          const beside = laid.filter(({ ordinal }) => ordinal > 0)
          // Whatever is laid could be laid, and nothing twice.
          for (const { ordinal, start } of beside) t.ok(starts[wanted.indexOf(ordinal)]?.includes(start), text(start))
          const sorted = [...laid].sort((one, other) => one.start - other.start)
          t.ok(sorted.every(({ start }, index) => index === 0 || start >= (sorted[index - 1]?.end ?? 0) + hour / 2))
          t.equal(beside.length + open.length, steps.length, 'laid or open, and none dropped')
          const asked = steps.map(({ minutes }, index) => ({ minutes, starts: starts[index] ?? [] }))
          const before = bruteForce(asked.slice(0, befores.length))
          const after = bruteForce(asked.slice(befores.length))
          if (before && after) {
            whole += 1
            t.same(
              beside.map(({ start }) => text(start)),
              [...before, ...after].map(text)
            )
          } else t.ok(open.length > 0)
        }
      ),
      { numRuns: 400 }
    )
    t.comment(`${whole} of 400 could be laid whole`)
    t.ok(whole > 100 && whole < 400)
  }
)

t.test(
  'the window after what was not taken along is that of its own gap, on either side of a missing midnight',
  async t => {
    // Clocks go from 23:59 to 01:00 in Cairo, from 24:00 to 01:00 in Santiago; by half an hour in Lord Howe.
    for (const [zone, day, first, last] of [
      ['Africa/Cairo', '2027-04-28', '2027-04-30', '2027-05-02'],
      ['America/Santiago', '2027-09-03', '2027-09-05', '2027-09-07'],
      ['Australia/Lord_Howe', '2027-10-01', '2027-10-03', '2027-10-05'],
      ['Australia/Lord_Howe', '2027-04-02', '2027-04-04', '2027-04-06'],
      ['America/New_York', '2027-03-12', '2027-03-14', '2027-03-16'],
      ['America/New_York', '2027-11-05', '2027-11-07', '2027-11-09']
    ] as const) {
      const anchor = DateTime.fromISO(`${day}T10:00`, { zone }).toMillis()
      const beside = { minutes: 60, who: 'both' as const, day: 0, optional: true as const }
      const offer: Offer = {
        plan: {
          anchor: 'day',
          dayExclusive: true,
          segments: [
            { minutes: 180, who: 'both', day: 0, at: '10:00' },
            { ...beside, after: { min: 5, max: 9 } },
            { ...beside, after: { min: 2, max: 4 } }
          ]
        },
        before: 0,
        after: 30,
        grid: 60,
        notice: 0,
        horizon: 120
      }
      const calendar: Calendar = { zone, hours: [hours], exceptions: new Map(), busy: [], sold: [] }
      const ask = (wish: number | 'open' | 'propose') =>
        proposeAround(offer, calendar, anchor, anchor - 24 * hour, { wanted: [2], wishes: [null, null, wish] })
      const at = (date: string, time = '09:00') => DateTime.fromISO(`${date}T${time}`, { zone }).toMillis()
      t.same(
        ask('propose').laid.map(({ start }) => text(start)),
        [anchor, at(first)].map(text),
        `${zone} ${day}`
      )
      t.match(ask('open').open, [
        {
          ordinal: 2,
          from: DateTime.fromISO(first, { zone }).startOf('day').toMillis(),
          to: DateTime.fromISO(last, { zone }).plus({ days: 1 }).startOf('day').toMillis()
        }
      ])
      for (const [date, verdict] of [
        [first, 'free'],
        [last, 'free'],
        [DateTime.fromISO(first).minus({ days: 1 }).toISODate() ?? '', 'not-offered'],
        [DateTime.fromISO(last).plus({ days: 1 }).toISODate() ?? '', 'not-offered']
      ] as const)
        t.equal(ask(at(date)).verdict, verdict, `${zone} ${date}`)
    }
  }
)

t.test('the days for a conversation before begin today, where its window began earlier', async t => {
  const zone = 'America/New_York'
  const offer: Offer = {
    plan: {
      anchor: 'day',
      dayExclusive: true,
      segments: [
        { minutes: 180, who: 'both', day: 0, at: '10:00' },
        { minutes: 50, who: 'first', day: 0, before: { hours: 48, days: 42 } }
      ]
    },
    before: 0,
    after: 30,
    grid: 60,
    notice: 21 * 1440,
    horizon: 180
  }
  const calendar: Calendar = { zone, hours: [hours], exceptions: new Map(), busy: [], sold: [] }
  const now = Date.parse('2027-02-01T15:20Z')
  const open = (date: string) =>
    proposeAround(offer, calendar, Date.parse(date), now, { wanted: [1], wishes: [null, 'open'] }).open
  t.match(open('2027-02-23T15:00Z'), [{ from: Date.parse('2027-02-01T05:00Z') }])
  t.match(open('2027-04-06T14:00Z'), [{ from: Date.parse('2027-02-23T05:00Z') }])
})
