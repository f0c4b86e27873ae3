import { DateTime } from 'luxon'
import t from 'tap'
import { waitingSteps } from '../../src/bookings/open-steps.ts'
import { aheadOf, countedOf } from '../../src/bookings/parts.ts'
import type { Plan } from '../../src/catalog/plan.ts'

const day = (date: string) => DateTime.fromISO(`${date}T10:00`, { zone: 'utc' })
const part = (name: string, date: string, state = 'planned', price?: number) => ({
  name,
  startsAt: day(date),
  movedAt: null,
  movedFrom: null,
  state,
  price
})
const names = (parts: readonly { name: string }[]) => parts.map(({ name }) => name)
const [before, after] = [part('before', '2027-03-01', 'done', 50), part('after', '2027-04-10', 'planned', 80)]
const days = (...states: string[]) =>
  states.map((state, index) => part(`day ${index + 1}`, `2027-03-0${8 + index}`, state))

t.test('of days that belong together none is ahead once one has begun, whatever was put down of it', async t => {
  const between = day('2027-03-08').plus({ hours: 12 })
  for (const first of ['planned', 'done', 'missed'])
    for (const beside of [[], [before, after]]) {
      const all = [...days(first, 'planned', 'planned'), ...beside]
      t.same(names(aheadOf(all, between)), [], first)
      t.same(names(countedOf(all, between)), [], first)
    }
  t.same(names(aheadOf(days('planned', 'planned'), day('2027-03-07'))), ['day 1', 'day 2'])
  t.same(names(aheadOf([...days('planned', 'planned'), before, after], day('2027-03-07'))), ['day 1', 'day 2', 'after'])
})

t.test('once all of them have begun what stands beside them is ahead by itself', async t => {
  for (const states of [
    ['done', 'done'],
    ['done', 'planned'],
    ['planned', 'missed']
  ]) {
    const all = [...days(...states), before, after]
    t.same(names(aheadOf(all, day('2027-03-20'))), ['after'], states.join())
    t.same(names(countedOf(all, day('2027-03-20'))), ['after'], states.join())
    t.same(names(aheadOf(all, day('2027-04-11'))), [])
  }
  t.same(names(aheadOf(days('cancelled', 'cancelled'), day('2027-03-01'))), [])
})

t.test(
  'a conversation before the days that was called off holds up nothing: nor the other one, nor what follows them',
  async t => {
    const beside = { minutes: 50, who: 'both' as const, day: 0 }
    const plan: Plan = {
      anchor: 'day',
      dayExclusive: true,
      segments: [
        { minutes: 180, who: 'both', day: 0, at: '10:00' },
        { ...beside, before: { hours: 48, days: 20 } },
        { ...beside, before: { hours: 48, days: 20 } },
        { ...beside, after: { min: 7, max: 14 } },
        { ...beside, after: { min: 7, max: 14 } }
      ]
    }
    const row = (ordinal: number, date: string, state: string) => {
      const startsAt = day(date)
      return { ordinal, who: 'both', startsAt, endsAt: startsAt.plus({ minutes: 50 }), state, zone: 'utc' }
    }
    const [first, step, last] = [row(0, '2027-03-08', 'planned'), row(1, '2027-03-01', 'cancelled'), 'cancelled']
    t.match(waitingSteps(plan, [first, step]), [
      { ordinal: 1, waits: false },
      { ordinal: 2, waits: false },
      { ordinal: 3, waits: false },
      { ordinal: 4, waits: false }
    ])
    t.match(waitingSteps(plan, [first, step, row(3, '2027-03-16', last)]), [
      { ordinal: 1, waits: false },
      { ordinal: 2, waits: false },
      { ordinal: 3, waits: false },
      { ordinal: 4, waits: true }
    ])
  }
)
