import fc from 'fast-check'
import { DateTime } from 'luxon'
import t from 'tap'
import { demoTypes } from '../../db/seed-types.ts'
import { backAhead, freeAhead, type Terms } from '../../src/bookings/ahead.ts'
import { cancellationOf } from '../../src/bookings/cancellation.ts'
import { countingStart } from '../../src/bookings/parts.ts'
import { policyAhead } from '../../src/bookings/policy-ahead.ts'

const zone = 'America/New_York'
const dollars = (amount: number) => ({ amount, currency: 'USD' })
const start = DateTime.fromISO('2027-03-15T14:00:00Z', { zone: 'utc' })
const before = (hours: number) => start.minus({ hours })
const policyOf = (slug: string) => {
  const type = demoTypes.find(each => each.slug === slug)
  if (!type) throw new Error(`There is no ${slug}`)
  return type.policy
}
const couples: Terms = {
  policy: policyOf('couples'),
  price: dollars(40_000),
  deposit: 40_000,
  paid: 40_000,
  confirmedAt: before(400),
  zone
}
const intensive: Terms = {
  ...couples,
  policy: policyOf('intensive-2-day'),
  price: dollars(480_000),
  deposit: 240_000,
  paid: 240_000
}
const laid = { startsAt: start, movedAt: null, movedFrom: null, state: 'planned' }
const later = start.plus({ days: 7 })

type Laid = Parameters<typeof backAhead>[1][number]
type Case = [name: string, terms: Terms, appointment: Laid, now: DateTime, ahead: [DateTime, number][]]

const cases: Case[] = [
  [
    'everything until two days before, then nothing',
    couples,
    laid,
    before(100),
    [
      [before(48), 40_000],
      [start, 0]
    ]
  ],
  ['nothing any more', couples, laid, before(40), [[start, 0]]],
  [
    'booked when it was late already: an hour to undo',
    { ...couples, confirmedAt: before(30) },
    laid,
    before(30),
    [
      [before(29), 40_000],
      [start, 0]
    ]
  ],
  [
    'moved later and in good time: without a break until two days before the new start',
    couples,
    { ...laid, startsAt: later, movedAt: before(100), movedFrom: start },
    before(100),
    [
      [later.minus({ hours: 48 }), 40_000],
      [later, 0]
    ]
  ],
  [
    'moved later when it was nearly late: for two days its notice counts to the old start',
    couples,
    { ...laid, startsAt: later, movedAt: before(60), movedFrom: start },
    before(60),
    [
      [before(48), 40_000],
      [before(12), 0],
      [later.minus({ hours: 48 }), 40_000],
      [later, 0]
    ]
  ],
  [
    'moved into the last two days: nothing at once',
    couples,
    { ...laid, movedAt: before(30), movedFrom: later },
    before(30),
    [[start, 0]]
  ]
]

t.test('what comes back until when is said from now to the start, without a gap', async t => {
  for (const [name, terms, appointment, now, ahead] of cases)
    t.same(
      backAhead(terms, [appointment], now).map(({ until, refund }) => [until.toUTC().toISO(), refund]),
      ahead.map(([until, refund]) => [until.toUTC().toISO(), refund]),
      name
    )
})

t.test('what was said to come back is what a cancellation gives, at whatever instant it comes', async () => {
  const minutes = (most: number) => fc.integer({ min: 1, max: most * 60 })
  const anything = fc.record({
    deposits: fc.boolean(),
    now: minutes(24 * 60),
    cancelled: minutes(24 * 60),
    confirmed: fc.integer({ min: 0, max: 90 }),
    moved: fc.option(fc.record({ ago: minutes(24 * 5), by: fc.integer({ min: -30 * 24, max: 30 * 24 }) }))
  })
  fc.assert(
    fc.property(anything, ({ deposits, now, cancelled, confirmed, moved }) => {
      const at = start.minus({ minutes: Math.min(now, cancelled) })
      const asked = start.minus({ minutes: Math.max(now, cancelled) + 1 })
      const terms = { ...(deposits ? intensive : couples), confirmedAt: asked.minus({ minutes: confirmed }) }
      const was = moved && {
        movedAt: asked.minus({ minutes: moved.ago }),
        movedFrom: start.plus({ hours: moved.by })
      }
      const appointments = [{ ...laid, ...was }]
      const said = backAhead(terms, appointments, asked).find(({ until }) => at <= until)?.refund
      const counted = countingStart(appointments, at) ?? start
      return said === cancellationOf({ ...terms, by: 'client', start: counted, at }).refund
    }),
    { numRuns: 2000 }
  )
})

t.test(
  'what a step without a time costs is said to come back until it can have none any more, and not beyond',
  async t => {
    const day = { ...laid, startsAt: before(24 * 30), state: 'done', price: null }
    const last = { ...laid, startsAt: later.plus({ days: 30 }), price: 40_000 }
    const waits = [{ amount: 40_000, to: later }]
    const terms = { ...intensive, policy: policyOf('consultation'), paid: 480_000 }
    const said = backAhead(terms, [day, last], before(100), [], waits)
    for (const [at, back] of [
      [before(90), 80_000],
      [later.minus({ minutes: 1 }), 80_000],
      [later, 40_000],
      [later.plus({ days: 20 }), 40_000]
    ] as const) {
      t.equal(said.find(({ until }) => at < until)?.refund, back, at.toISO() ?? '')
      const waiting = at < later ? 40_000 : 0
      const asked = { ...terms, by: 'client' as const, parts: [day, last], waiting, start: last.startsAt, at }
      t.equal(cancellationOf(asked).refund, back, 'as it is decided then')
    }
  }
)

t.test('a step beside what belongs together counts to its very start, and is told so wherever it is told', async t => {
  const type = demoTypes.find(({ slug }) => slug === 'intensive-2-day')
  if (!type) throw new Error('There are no private days')
  const step = start.minus({ days: 40 })
  const at = (startsAt: DateTime, price: number | null, who: string) => ({ ...laid, startsAt, price, who })
  const parts = [at(start, null, 'both'), at(start.plus({ days: 1 }), null, 'both'), at(step, 25_000, 'first')]
  const now = start.minus({ days: 60 })
  const terms = { ...intensive, confirmedAt: now.minus({ years: 1 }) }
  const ahead = backAhead(terms, parts, now)
  t.ok(ahead.some(({ until }) => until.equals(step)))
  const dues = [{ amount: dollars(240_000), dueAt: now }]
  const offered = policyAhead(
    { ...type, id: type.slug, version: 1, price: intensive.price },
    start,
    dues,
    zone,
    now,
    parts
  )
  t.same(
    offered.map(({ until, back }) => [until.toUTC().toISO(), back.amount]),
    ahead.map(({ until, refund }) => [until.toUTC().toISO(), refund])
  )
  for (const instant of [step.minus({ milliseconds: 1 }), step]) {
    const said = ahead.find(({ until }) => instant < until)?.refund
    t.equal(said, cancellationOf({ ...terms, by: 'client', parts, start, at: instant }).refund, String(instant))
  }
})

t.test('free of charge is said until the first break, and not at all where it costs', async t => {
  const free = (appointment: Laid, now: DateTime) =>
    freeAhead(couples.policy, [appointment], now, zone)?.toUTC().toISO()
  t.equal(free(laid, before(100)), before(48).toISO())
  t.equal(free(laid, before(48)), undefined)
  t.equal(
    free({ ...laid, startsAt: later, movedAt: before(100), movedFrom: start }, before(100)),
    later.minus({ hours: 48 }).toISO()
  )
  t.equal(free({ ...laid, startsAt: later, movedAt: before(60), movedFrom: start }, before(60)), before(48).toISO())
  t.equal(free({ ...laid, movedAt: before(30), movedFrom: later }, before(30)), undefined)
  t.equal(freeAhead(policyOf('consultation'), [laid], before(5), zone)?.toUTC().toISO(), start.toISO())
})
