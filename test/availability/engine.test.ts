import fc from 'fast-check'
import t from 'tap'
import { type Calendar, checkStart, findSlots, type Offer } from '../../src/availability/engine.ts'
import { fixedSegments, Plan } from '../../src/catalog/plan.ts'
import { type Question, slowSlots } from './oracle.ts'
import { distinctTransitions } from './transitions.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const runs = process.env.SOAK === '1' ? 5000 : 150
const seed = Number(process.env.SEED ?? 20270301)

const zones = [
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Beirut',
  'America/Santiago',
  'Africa/Casablanca',
  'Europe/Dublin',
  'Asia/Kathmandu',
  'UTC'
]
const changes = distinctTransitions(zones)

/** Across the date line, by half hours and quarters, and home itself: closed days without another clock. */
const travelZones = [
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Europe/Dublin',
  undefined
]
const dateAt = (instant: number, days: number) => new Date(instant + days * day).toISOString().slice(0, 10)
const travelOf = (
  at: number,
  { from, days, zone, closed }: { from: number; days: number; zone: string | undefined; closed: boolean }
) => ({ first: dateAt(at, from), last: dateAt(at, from + days), ...(zone && { zone }), closed: closed || !zone })

const minutesOf = (least: number, most: number, step: number) =>
  fc.integer({ min: least / step, max: most / step }).map(count => count * step)
const stretch = fc
  .tuple(minutesOf(0, 1380, 5), minutesOf(30, 720, 5))
  .map(([from, length]) => ({ from, to: Math.min(1440, from + length) }))

const segmentsAtStart = fc
  .array(fc.record({ minutes: minutesOf(20, 120, 5), gap: fc.integer({ min: 1, max: 3 }) }), {
    minLength: 1,
    maxLength: 3
  })
  .map(parts => {
    let at = 0
    return parts.map(({ minutes, gap }, index) => {
      at += index === 0 ? 0 : gap
      return { minutes, who: 'both' as const, day: at }
    })
  })
const blocks: fc.Arbitrary<Plan['segments']> = fc.constantFrom<Plan['segments']>(
  [{ minutes: 120, who: 'both' as const, day: 0, at: '09:00' }],
  [
    { minutes: 90, who: 'both' as const, day: 0, at: '02:30' },
    { minutes: 60, who: 'both' as const, day: 0, at: '13:30' }
  ],
  [
    { minutes: 60, who: 'both' as const, day: 0, at: '10:00' },
    { minutes: 60, who: 'both' as const, day: 1, at: '00:30' }
  ]
)
const plan: fc.Arbitrary<Plan> = fc.oneof(
  {
    weight: 3,
    arbitrary: segmentsAtStart.map(segments => ({ anchor: 'start' as const, dayExclusive: false, segments }))
  },
  fc.tuple(blocks, fc.boolean()).map(([segments, dayExclusive]) => ({ anchor: 'day' as const, dayExclusive, segments }))
)

/** A question near a change of some zone's clock, or on ordinary days, with everything that can differ. */
const question: fc.Arbitrary<Question & { plan: Plan }> = fc
  .record({
    change: fc.constantFrom(
      ...changes,
      { zone: 'Asia/Kathmandu', at: Date.UTC(2027, 2, 10) },
      { zone: 'UTC', at: Date.UTC(2027, 5, 1) }
    ),
    plan,
    before: minutesOf(0, 60, 5),
    after: minutesOf(0, 60, 5),
    grid: fc.constantFrom(15, 20, 30, 60),
    notice: minutesOf(0, 2880, 10),
    horizon: fc.integer({ min: 1, max: 6 }),
    perDay: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    perWeek: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    hours: fc.array(
      fc
        .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 2 }), stretch)
        .map(([days, { from, to }]) => ({ days, from, to })),
      { minLength: 1, maxLength: 4 }
    ),
    exceptions: fc.array(fc.tuple(fc.integer({ min: -2, max: 4 }), fc.array(stretch, { maxLength: 2 })), {
      maxLength: 3
    }),
    travels: fc.array(
      fc.record({
        from: fc.integer({ min: -2, max: 3 }),
        days: fc.integer({ min: 0, max: 2 }),
        zone: fc.constantFrom(...travelZones),
        closed: fc.boolean()
      }),
      { maxLength: 2 }
    ),
    busy: fc.array(fc.tuple(minutesOf(-2880, 5760, 5), minutesOf(5, 240, 5)), { maxLength: 8 }),
    sold: fc.array(minutesOf(-4320, 4320, 30), { maxLength: 5 }),
    asked: minutesOf(-2880, 0, 60)
  })
  .map(({ change: { zone, at }, exceptions, travels: [one, other], busy, sold, asked, ...rest }) => {
    const from = Math.floor(at / hour) * hour - day
    return {
      ...rest,
      zone,
      travels: [
        ...(one ? [travelOf(at, one)] : []),
        // On each day somebody is in one place.
        ...(one && other && other.from > one.from + one.days ? [travelOf(at, other)] : [])
      ],
      exceptions: new Map(
        exceptions.map(([days, hours]) => [new Date(at + days * day).toISOString().slice(0, 10), hours])
      ),
      busy: busy.flatMap(([start, length]) => [from + start * minute, from + (start + length) * minute]),
      sold: sold.map(start => from + start * minute),
      from,
      to: from + 2 * day,
      now: from + asked * minute
    }
  })

t.test(`the engine finds what the slow oracle finds (${runs} runs, seed ${seed})`, async t => {
  let slots = 0
  fc.assert(
    fc.property(question, asked => {
      const [offer, calendar] = [offerOf(asked), calendarOf(asked)]
      const found = findSlots(offer, calendar, asked).map(({ start }) => start)
      const slow = slowSlots(asked)
      slots += slow.length
      if (found.join() !== slow.join())
        throw new Error(`engine ${found.map(text).join(' ')} · oracle ${slow.map(text).join(' ')}`)
    }),
    { numRuns: runs, seed }
  )
  t.ok(slots > runs, `${slots} slots compared`)
})

t.test('a start is free if and only if it is among the slots', async () => {
  fc.assert(
    fc.property(question, fc.integer({ min: 0, max: 287 }), (asked, at) => {
      const [offer, calendar] = [offerOf(asked), calendarOf(asked)]
      const start = asked.from + at * 10 * minute
      const found = findSlots(offer, calendar, asked).some(slot => slot.start === start)
      const verdict = checkStart(offer, calendar, start, asked.now)
      if (found !== (verdict === 'free')) throw new Error(`${text(start)}: ${verdict}, found ${found}`)
    }),
    { numRuns: runs * 4, seed }
  )
})

const monday = Date.UTC(2027, 2, 1)
const plain: Offer = {
  plan: Plan.parse({ anchor: 'start', dayExclusive: false, segments: [{ minutes: 50, who: 'first', day: 0 }] }),
  before: 0,
  after: 0,
  grid: 30,
  notice: 0,
  horizon: 60
}
const mornings: Calendar = {
  zone: 'UTC',
  hours: [{ days: [1], from: 540, to: 720 }],
  exceptions: new Map(),
  busy: [],
  sold: []
}
const window = { from: monday, to: monday + day, now: monday - day }
const times = (offer: Offer, calendar: Calendar) =>
  findSlots(offer, calendar, window).map(({ start }) => text(start).slice(11, 16))

t.test('touching opening hours are one, buffers reach outside them, and buffers add up', async t => {
  const split = {
    ...mornings,
    hours: [
      { days: [1], from: 540, to: 600 },
      { days: [1], from: 600, to: 660 }
    ]
  }
  t.same(times(plain, split), ['09:00', '09:30', '10:00'])
  t.same(times({ ...plain, before: 60, after: 60 }, { ...mornings, hours: [{ days: [1], from: 540, to: 590 }] }), [
    '09:00'
  ])
  // A session until 10:00 with 15 min after holds its resource until 10:15; 10 min before the next: not before 10:25.
  const sold = { ...mornings, busy: [monday + 9 * hour, monday + 10 * hour + 15 * minute] }
  t.same(times({ ...plain, grid: 5, before: 10 }, sold).at(0), '10:25')
  // Busy until opening: the buffer before the first session is asked for all the same.
  t.same(
    times({ ...plain, grid: 5, before: 10 }, { ...mornings, busy: [monday + 8 * hour, monday + 9 * hour] })[0],
    '09:10'
  )
})

t.test('a busy time that ends when a session begins, or begins when it ends, is in nobody’s way', async t => {
  t.same(times(plain, { ...mornings, busy: [monday + 8 * hour, monday + 9 * hour] })[0], '09:00')
  t.same(times({ ...plain, grid: 10 }, { ...mornings, busy: [monday + 590 * minute, monday + 12 * hour] }), ['09:00'])
})

t.test('why a start cannot be had is told', async t => {
  const at = (minutes: number) => monday + minutes * minute
  const now = monday - day
  t.equal(checkStart(plain, mornings, at(540), now), 'free')
  t.equal(checkStart({ ...plain, notice: 3 * 1440 }, mornings, at(540), now), 'too-soon')
  t.equal(checkStart({ ...plain, horizon: 0 }, mornings, at(540), now), 'too-far')
  t.equal(checkStart(plain, mornings, at(545), now), 'not-offered', 'off the grid')
  t.equal(checkStart(plain, mornings, at(690), now), 'not-offered', 'would end after closing')
  t.equal(checkStart(plain, { ...mornings, busy: [at(560), at(570)] }, at(540), now), 'taken')
  t.equal(
    checkStart({ ...plain, perDay: 1 }, { ...mornings, sold: [at(660)] }, at(540), now),
    'not-offered',
    'the day is full'
  )
})

function offerOf({ plan, before, after, grid, notice, horizon, perDay, perWeek }: Question & { plan: Plan }): Offer {
  return {
    plan: Plan.parse({ ...plan, segments: fixedSegments(plan) }),
    before,
    after,
    grid,
    notice,
    horizon,
    perDay,
    perWeek
  }
}

function calendarOf({ zone, hours, exceptions, travels = [], busy, sold }: Question): Calendar {
  return { zone, hours, exceptions, travels: travels.map(travelIn), busy, sold }
}

function travelIn({ first, last, zone, closed }: NonNullable<Question['travels']>[number]) {
  const number = (date: string) => Date.parse(date) / day
  return { first: number(first), last: number(last), ...(zone && { zone }), closed }
}

function text(instant: number): string {
  return new Date(instant).toISOString()
}
