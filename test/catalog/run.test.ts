import fc from 'fast-check'
import t from 'tap'
import { Plan } from '../../src/catalog/plan.ts'
import { aloneOf, runOf, sharesOf } from '../../src/catalog/run.ts'
import type { SessionType } from '../../src/catalog/session-type.ts'

const seed = Number(process.env.SEED ?? 20270301)
const plan = Plan.parse({
  anchor: 'start',
  dayExclusive: false,
  apart: true,
  repeat: { every: [7, 14], times: 12, least: 2, most: 26 },
  segments: [{ minutes: 80, who: 'both', day: 0 }]
})
const typeOf = (amount: number, currency = 'USD', of = plan) =>
  ({ plan: of, price: { amount, currency } }) as SessionType
const weekly = typeOf(480_000)

t.test('a plan that repeats is spelled out as often as is wanted, at the price of so many', async t => {
  t.match(runOf(weekly), { price: { amount: 480_000 }, plan: { segments: { length: 12 } } }, 'as usual')
  const some = runOf(weekly, { times: 3, every: 14 })
  t.same(
    some?.plan.segments.map(({ day }) => day),
    [0, 14, 28]
  )
  t.equal(some?.price.amount, 120_000)
  t.notOk(some?.plan.repeat)
})

t.test('what the plan does not offer is no run: too few, too many, another distance', async t => {
  for (const rounds of [{ times: 1 }, { times: 27 }, { every: 10 }, { every: 21 }])
    t.equal(runOf(weekly, rounds), undefined, JSON.stringify(rounds))
  const single = typeOf(40_000, 'USD', { ...plan, repeat: undefined, apart: undefined })
  t.equal(runOf(single), single)
  t.equal(runOf(single, { times: 2 }), undefined, 'what does not repeat is not repeated')
})

t.test('shares add up to the price in every currency, whatever is left out', async () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.constantFrom('USD', 'JPY', 'KWD', 'ISK'),
      fc.array(fc.integer({ min: 5, max: 180 }), { minLength: 1, maxLength: 26 }),
      (amount, currency, lengths) => {
        const segments = lengths.map((minutes, day) => ({ minutes, who: 'both' as const, day }))
        const type = typeOf(amount, currency, { ...plan, repeat: undefined, segments })
        const laid = lengths.flatMap((_, ordinal) => (ordinal % 3 === 1 ? [] : [{ ordinal }]))
        const shares = [...(sharesOf(type, laid)?.entries() ?? [])]
        return (
          shares.every(([ordinal], index) => ordinal === laid[index]?.ordinal) &&
          shares.length === laid.length &&
          shares.reduce((sum, [, share]) => sum + share, 0) === amount
        )
      }
    ),
    { seed }
  )
})

t.test('as long means as much: appointments of one length differ by less than one coin an appointment', async t => {
  const shares = [...(sharesOf(runOf(typeOf(100_001)) ?? weekly)?.values() ?? [])]
  t.equal(shares.length, 12)
  t.ok(Math.max(...shares) - Math.min(...shares) < 12)
  t.equal(sharesOf(typeOf(40_000, 'USD', { ...plan, apart: undefined, repeat: undefined })), undefined, 'sold as one')
})

t.test('one of those that stand apart is a plan by itself; what belongs together stays whole', async t => {
  const two = Plan.parse({
    ...plan,
    repeat: { every: [7], times: 2, least: 2, most: 4 },
    segments: [
      { minutes: 80, who: 'both', day: 0 },
      { minutes: 50, who: 'first', day: 2 }
    ]
  })
  t.same(aloneOf(two, 3).segments, [{ minutes: 50, who: 'first', day: 0 }], 'the second of the second round')
  t.notOk(aloneOf(two, 3).repeat)
  const together = { ...two, apart: undefined, repeat: undefined }
  t.equal(aloneOf(together, 1), together)
})

t.test('a plan that repeats must mean it', async t => {
  const refused = (more: object) =>
    Plan.safeParse({ ...plan, ...more })
      .error?.issues.map(({ message }) => message)
      .join(' ')
  t.match(refused({ apart: undefined }), /stands apart/)
  t.match(refused({ repeat: { every: [7], times: 1, least: 2, most: 4 } }), /./)
  t.match(refused({ segments: [...plan.segments, { minutes: 80, who: 'both', day: 7 }] }), /each round ends before/)
})
