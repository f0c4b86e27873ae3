import { DateTime } from 'luxon'
import t from 'tap'
import { callOffOf, givingWay, policyOfStep } from '../../src/bookings/calling-off.ts'
import type { Plan } from '../../src/catalog/plan.ts'
import type { CancellationPolicy } from '../../src/catalog/rules.ts'

const beside = { minutes: 50, who: 'both' as const, day: 0 }
const plan: Plan = {
  anchor: 'day',
  dayExclusive: true,
  segments: [
    { minutes: 180, who: 'both', day: 0, at: '10:00' },
    { ...beside, before: { hours: 48, days: 20 } },
    { ...beside, after: { min: 7, max: 14 } },
    { ...beside, after: { min: 7, max: 14 } }
  ]
}
/** As private days have it: most of it is kept. */
const strict: CancellationPolicy = { bands: [{ notice: { hours: 0 }, keep: { percentOfPrice: 100 } }] }

/** Starts at ten on the first day after a change of the clock: two days before it an hour, or half an hour, is missing or twice. */
const starts = [
  ['America/New_York', '2027-03-15'],
  ['America/New_York', '2027-11-08'],
  ['Australia/Lord_Howe', '2027-04-05'],
  ['Australia/Lord_Howe', '2027-10-04'],
  ['Africa/Cairo', '2027-04-30'],
  ['America/Santiago', '2027-09-05']
] as const

t.test(
  'beside days a step is free to call off until 48 real hours before it, whatever the days keep and the clocks do',
  async t => {
    for (const [zone, day] of starts) {
      const startsAt = DateTime.fromISO(`${day}T10:00`, { zone })
      const terms = {
        policy: policyOfStep({ plan, policy: strict }),
        price: { amount: 500_000, currency: 'USD' },
        deposit: 250_000,
        paid: 250_000,
        confirmedAt: startsAt.minus({ days: 60 }),
        zone
      }
      const step = { startsAt, movedAt: null, movedFrom: null, state: 'planned', price: 40_000 }
      const at = startsAt.minus({ hours: 48 })
      t.match(callOffOf(terms, 'client', step, at), { opens: true, fee: 0, refund: 0 }, `${zone} ${day}`)
      const late = at.plus({ minutes: 1 })
      t.match(callOffOf(terms, 'client', step, late), { opens: false, fee: 40_000, refund: 0 }, `${zone} ${day}`)
      t.match(callOffOf(terms, 'practice', step, late), { opens: true, fee: 0, refund: 0 })
      t.match(
        callOffOf(terms, 'client', { ...step, price: 0 }, late),
        { opens: true },
        'it is in the price of the days'
      )
      const moved = { movedAt: late, movedFrom: startsAt.minus({ hours: 40 }) }
      t.match(
        callOffOf(terms, 'client', { ...step, ...moved }, late),
        { opens: false },
        'who moves it away moves no notice'
      )
    }
    t.same(policyOfStep({ plan: { ...plan, apart: true }, policy: strict }), strict)
  }
)

t.test('what follows a conversation after the days gives way with it; one before them takes nothing along', async t => {
  const row = (ordinal: number, date: string) => {
    const startsAt = DateTime.fromISO(`${date}T10:00`, { zone: 'utc' })
    return { ordinal, who: 'both', startsAt, endsAt: startsAt.plus({ minutes: 50 }), state: 'planned', zone: 'utc' }
  }
  const [first, before, after, last] = [
    row(0, '2027-03-08'),
    row(1, '2027-03-01'),
    row(2, '2027-03-15'),
    row(3, '2027-03-22')
  ]
  const rows = [first, before, after, last]
  const now = DateTime.fromISO('2027-02-20', { zone: 'utc' })
  t.same(givingWay(plan, rows, before, now), [])
  t.same(givingWay(plan, rows, after, now), [last], 'a week after it, and no later day leaves that week')
  t.same(givingWay(plan, rows, last, now), [])
  t.same(givingWay(plan, [first, before, after, row(3, '2027-03-25')], after, now), [], 'there is room')
})
