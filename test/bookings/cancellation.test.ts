import fc from 'fast-check'
import { DateTime } from 'luxon'
import t from 'tap'
import { demoTypes } from '../../db/seed-types.ts'
import { type Cancelling, cancellationOf } from '../../src/bookings/cancellation.ts'
import { movedFrom, needsYes } from '../../src/bookings/moving.ts'
import { countingStart } from '../../src/bookings/parts.ts'
import { Plan } from '../../src/catalog/plan.ts'
import { sharesOf } from '../../src/catalog/run.ts'
import { allocate } from '../../src/payments/policy.ts'

const zone = 'America/New_York'
const dollars = (amount: number) => ({ amount, currency: 'USD' })
const instant = (text: string) => DateTime.fromISO(text, { zone: 'utc' })
const typeOf = (slug: string) => {
  const type = demoTypes.find(each => each.slug === slug)
  if (!type) throw new Error(`There is no ${slug}`)
  return type
}
const start = instant('2027-03-15T14:00:00Z')
const couples: Cancelling = {
  by: 'client',
  policy: typeOf('couples').policy,
  price: dollars(40_000),
  deposit: 40_000,
  paid: 40_000,
  start,
  confirmedAt: instant('2027-03-01T12:00:00Z'),
  at: instant('2027-03-10T12:00:00Z'),
  zone
}
const intensive: Cancelling = {
  ...couples,
  policy: typeOf('intensive-2-day').policy,
  price: dollars(480_000),
  deposit: 240_000,
  paid: 240_000,
  start: instant('2027-06-30T13:00:00Z')
}

const cases: [string, Cancelling, string, number, number][] = [
  ['with notice: all back', couples, '48-hours', 40_000, 0],
  ['on the boundary: the better one', { ...couples, at: start.minus({ hours: 48 }) }, '48-hours', 40_000, 0],
  ['a moment later: nothing', { ...couples, at: start.minus({ hours: 48 }).plus(1) }, '0-hours', 0, 40_000],
  [
    'by the practice: all back, however late',
    { ...couples, by: 'practice', at: start.minus(1) },
    'by-practice',
    40_000,
    0
  ],
  [
    'a day of 30 before: 250 are kept',
    { ...intensive, at: instant('2027-05-31T13:00:00Z') },
    '30-days',
    215_000,
    25_000
  ],
  ['29 days: half the deposit', { ...intensive, at: instant('2027-05-31T13:00:01Z') }, '15-days', 120_000, 120_000],
  ['paid less than is kept: nothing back, nothing asked', { ...intensive, paid: 20_000 }, '30-days', 0, 20_000],
  ['nothing was paid', { ...couples, price: dollars(0), paid: 0, deposit: 0 }, '48-hours', 0, 0],
  [
    'booked inside the closed band, undone in the hour',
    { ...couples, confirmedAt: start.minus({ hours: 30 }), at: start.minus({ hours: 29 }) },
    'undo',
    40_000,
    0
  ],
  [
    'a moment after the hour',
    { ...couples, confirmedAt: start.minus({ hours: 30 }), at: start.minus({ hours: 29 }).plus(1) },
    '0-hours',
    0,
    40_000
  ],
  [
    'the start is nearer than 12 hours',
    { ...couples, confirmedAt: start.minus({ hours: 12 }), at: start.minus({ hours: 12 }).plus(1) },
    '0-hours',
    0,
    40_000
  ],
  [
    'confirmed while all was free: no undo later',
    { ...couples, confirmedAt: start.minus({ hours: 48 }), at: start.minus({ hours: 47 }) },
    '0-hours',
    0,
    40_000
  ]
]

t.test('what comes back is what the band of the given notice says', async t => {
  for (const [name, cancelling, band, refund, fee] of cases)
    t.same(cancellationOf(cancelling), { band, refund, fee }, name)
})

t.test('the refund falls never with more notice, and refund and fee are what was paid', async () => {
  const hours = fc.integer({ min: 0, max: 24 * 100 })
  fc.assert(
    fc.property(hours, hours, fc.integer({ min: 0, max: 480_000 }), fc.boolean(), (one, other, paid, deposits) => {
      const of = (notice: number) => {
        const terms = deposits ? intensive : couples
        return cancellationOf({ ...terms, paid, at: terms.start.minus({ hours: notice }) })
      }
      const [late, early] = [of(Math.min(one, other)), of(Math.max(one, other))]
      return (
        late.refund <= early.refund && [late, early].every(({ refund, fee }) => refund >= 0 && refund + fee === paid)
      )
    })
  )
})

t.test('within 48 hours after a move, the notice counts to the earlier of the old and the new start', async t => {
  const [old, later] = [start, start.plus({ days: 7 })]
  const movedAt = start.minus({ hours: 50 })
  const moved = { startsAt: later, movedAt, movedFrom: old, state: 'planned' }
  t.ok(countingStart([moved], movedAt.plus({ hours: 48 }))?.equals(old))
  t.ok(countingStart([moved], movedAt.plus({ hours: 48 }).plus(1))?.equals(later))
  t.ok(countingStart([{ ...moved, startsAt: old, movedFrom: later }], movedAt)?.equals(old), 'moved nearer: the nearer')
  t.equal(countingStart([{ ...moved, state: 'cancelled' }], movedAt), undefined)
})

t.test('moves one after the other count from the start before them all', async t => {
  const once = { startsAt: start.plus({ days: 7 }), movedAt: start.minus({ days: 3 }), movedFrom: start }
  t.ok(movedFrom(once, start.minus({ days: 2 })).equals(start))
  t.ok(movedFrom(once, start.plus({ days: 1 })).equals(once.startsAt), 'long after: from the last')
  t.ok(movedFrom({ startsAt: start, movedAt: null, movedFrom: null }, start.minus({ days: 2 })).equals(start))
})

t.test(
  'a client moves freely while a cancellation is free; else, or where it needs a yes, the practice is asked',
  async t => {
    const type = { ...typeOf('couples'), price: { amount: 40_000, currency: 'USD' } }
    t.equal(needsYes('client', type, start, start.minus({ hours: 48 }), zone), false)
    t.equal(needsYes('client', type, start, start.minus({ hours: 47 }), zone), true)
    const approved = { ...type, rules: { ...type.rules, approval: true } }
    t.equal(needsYes('client', approved, start, start.minus({ days: 20 }), zone), true)
    t.equal(needsYes('practice', type, start, start.minus({ days: 20 }), zone), true)
  }
)

t.test('a refund is shared among payments to the last unit, and never takes more than one has', async t => {
  t.same(
    allocate(
      100,
      [
        { id: 'a', left: 100 },
        { id: 'b', left: 100 },
        { id: 'c', left: 100 }
      ],
      1
    ),
    [
      { id: 'a', amount: 34 },
      { id: 'b', amount: 33 },
      { id: 'c', amount: 33 }
    ]
  )
  t.same(allocate(0, [{ id: 'a', left: 100 }], 1), [])
  t.throws(() => allocate(101, [{ id: 'a', left: 100 }], 1), RangeError)
  const payments = fc.array(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: 1, maxLength: 8 })
  const part = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(payments, part, fc.constantFrom(1, 10, 100), (units, part, step) => {
      const all = units.map((left, index) => ({ id: String(index), left: left * step }))
      const refund = Math.floor(units.reduce((sum, left) => sum + left, 0) * part) * step
      const shares = allocate(refund, all, step)
      return (
        shares.reduce((sum, { amount }) => sum + amount, 0) === refund &&
        shares.every(({ id, amount }) => amount > 0 && amount % step === 0 && amount <= (all[Number(id)]?.left ?? 0))
      )
    })
  )
})

t.test('of a series without an end what took place is used, also beyond the price of its first weeks', async t => {
  const week = (number: number) => ({
    startsAt: start.plus({ weeks: number }),
    movedAt: null,
    movedFrom: null,
    state: 'planned',
    price: 40_000
  })
  const parts = Array.from({ length: 20 }, (_, number) => week(number))
  const at = start.plus({ weeks: 15, days: 3 })
  const series = { ...couples, price: dollars(12 * 40_000), deposit: 12 * 40_000, parts, start: week(16).startsAt, at }
  const paid = 18 * 40_000
  for (const by of ['client', 'practice'] as const)
    t.match(cancellationOf({ ...series, by, paid }), { refund: 2 * 40_000, fee: 0 }, `${by}: what was paid ahead alone`)
})

t.test(
  'of what was given for nothing nothing comes back and nothing is owed, whatever its steps cost elsewhere',
  async t => {
    const nothing = { price: { amount: 0, currency: 'USD' }, deposit: 0, paid: 0 }
    const day = { startsAt: start.minus({ days: 9 }), movedAt: null, movedFrom: null, state: 'done', price: null }
    const step = { ...day, price: 15_000 }
    for (const by of ['client', 'practice'] as const)
      for (const parts of [[day], [step, { ...day, state: 'planned', startsAt: start }]]) {
        const { refund, fee, owed } = cancellationOf({
          ...intensive,
          ...nothing,
          by,
          parts,
          waiting: 15_000,
          start,
          at: start.minus({ days: 5 })
        })
        t.same([refund, fee, owed], [0, 0, undefined], by)
      }
    const plan = Plan.parse({
      anchor: 'day',
      dayExclusive: true,
      segments: [
        { minutes: 180, who: 'both', day: 0, at: '09:00' },
        { minutes: 80, who: 'both', day: 0, after: { min: 28, max: 56 }, optional: true, price: 40_000 }
      ]
    })
    t.same([...(sharesOf({ plan, price: nothing.price }) ?? [])], [[1, 0]])
  }
)
