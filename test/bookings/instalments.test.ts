import fc from 'fast-check'
import t from 'tap'
import { Conditions } from '../../src/catalog/rules.ts'
import { instantOf } from '../../src/kernel/time.ts'
import { duesOf } from '../../src/payments/due.ts'
import { open } from '../support/open.ts'
import { agreed, tuesday } from '../support/programme.ts'

const sumOf = (dues: readonly { amount: { amount: number } }[]) =>
  dues.reduce((sum, { amount }) => sum + amount.amount, 0)
const chosen = { sessionType: 'assessment', start: tuesday, place: 'video', instalments: true }
const parts = [
  { reason: 'instalment', amount: { amount: 46_666 }, dueAt: '2027-02-01T12:00:00Z' },
  // Nine in the morning in New York, before and after the clocks change.
  { reason: 'instalment', amount: { amount: 46_666 }, dueAt: '2027-03-03T14:00:00Z' },
  { reason: 'instalment', amount: { amount: 46_668 }, dueAt: '2027-04-02T13:00:00Z' }
]

t.test('instalments sum to the price to the last cent, are equal but for the last, and due as far apart', async () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 5_000_000 }),
      fc.constantFrom('USD', 'JPY', 'KWD', 'ISK'),
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 1, max: 90 }),
      (units, currency, times, days) => {
        const step = currency === 'ISK' ? 100 : currency === 'KWD' ? 10 : 1
        const price = { amount: units * step, currency }
        const rules = { pay: { mode: 'full', instalments: { times, days } } }
        const now = instantOf(Date.parse('2027-02-01T12:00:00Z'))
        const dues = duesOf({ price, rules } as Parameters<typeof duesOf>[0], now, 'America/New_York', now, true)
        if (sumOf(dues) !== price.amount) return false
        if (dues.some(({ amount }) => amount.amount % step !== 0)) return false
        if (units < times) return dues.length <= 1
        const [first, ...rest] = dues.map(({ amount }) => amount.amount)
        return (
          dues.length === times &&
          rest.slice(0, -1).every(amount => amount === first) &&
          (rest.at(-1) ?? 0) >= (first ?? 0) &&
          dues.every(({ required }, index) => required === (index === 0))
        )
      }
    )
  )
})

t.test(
  'what is quoted in instalments is what is booked; the first is paid at once, the others wait for their days',
  async t => {
    const { request, book } = await open(t)
    const quoted = await request('POST', '/api/session-types/assessment/quote', {
      start: tuesday,
      place: 'video',
      instalments: true
    })
    const { dues, policy, price } = quoted.json()
    t.match(dues, parts)
    t.equal(sumOf(dues), price.amount)
    t.match(policy[0], { keep: { amount: 0 }, back: { amount: 46_666 } }, 'no more comes back than was paid')
    const booked = (await book({ ...chosen, together: true })).json()
    t.match(
      booked.dues,
      parts.map(part => ({ ...part, state: 'scheduled' }))
    )
    const types = (await request('GET', '/api/session-types')).json().items
    t.match(
      types.find(({ slug }: { slug: string }) => slug === 'assessment'),
      { instalments: { times: 3, days: 30 } }
    )
    const refused = await book({ instalments: true })
    t.match(refused.json(), { status: 422, errors: [{ pointer: '/instalments' }] })
    t.match((await book({ ...chosen, instalments: false, start: '2027-02-16T15:00:00Z' })).json().dues, [
      { reason: 'full', amount: { amount: 140_000 } }
    ])
  }
)

t.test(
  'paid by the first instalment it stands; ended in time what was paid comes back, and no more is owed',
  async t => {
    const { jo, request, id, read, client, gateway } = await agreed(t, { instalments: true })
    t.same(
      [...gateway.checkouts.values()].map(({ amount }) => amount.amount),
      [46_666]
    )
    const { state, dues } = await read(jo)
    t.equal(state, 'confirmed')
    t.same(
      dues.map(({ state }: { state: string }) => state),
      ['paid', 'scheduled', 'scheduled']
    )
    const ended = await request('POST', `/api/bookings/${id}/cancellation`, undefined, jo)
    t.match(ended.json(), { refund: { amount: 46_666 }, fee: { amount: 0 } })
    t.same(
      (await client`select state from dues where booking_id = ${id} order by due_at`).map(({ state }) => state),
      ['paid', 'void', 'void']
    )
  }
)

t.test(
  'ended late the practice keeps of what was paid; what took place and is not paid stays owed, and no more',
  async t => {
    const { request, id, client, clock, openedBy, signInPerson } = await agreed(t, { instalments: true })
    // After the first step, of 45,000, and an hour before the next; that and the other's own are late.
    clock.set('2027-02-10T13:00:00Z')
    const url = `/api/bookings/${id}/cancellation`
    const shown = (await request('GET', url, undefined, await openedBy(id))).json()
    t.match(shown, { refund: { amount: 0 }, fee: { amount: 1_666 } })
    t.notOk(shown.owed)
    // After two steps of 70,000 and the other's of 25,000.
    await client`update appointments set state = 'done' where booking_id = ${id} and ordinal < 3`
    clock.set('2027-02-11T01:00:00Z')
    await client`delete from cancellation_quotes`
    const sam = await request('GET', url, undefined, await signInPerson('sam@example.com'))
    t.notOk(sam.json().owed, 'the other is told no sums')
    const owed = { refund: { amount: 0 }, fee: { amount: 0 }, owed: { amount: 48_334 } }
    t.match((await request('GET', url, undefined, await openedBy(id))).json(), owed)
    t.match((await request('POST', url, undefined, await openedBy(id))).json(), owed)
    t.same(
      (await client`select state, amount::int from dues where booking_id = ${id} order by due_at`).map(due => ({
        ...due
      })),
      [
        { state: 'paid', amount: 46_666 },
        { state: 'scheduled', amount: 46_666 },
        { state: 'scheduled', amount: 1_668 }
      ]
    )
  }
)

t.test(
  'of which each step was called off late and kept, it is as if nobody had come: what is not paid yet stays owed',
  async t => {
    const { request, id, steps, clock, openedBy, signIn, signInPerson, work, minute } = await agreed(t, {
      instalments: true
    })
    // Half an hour before the first, and less than two days before the last.
    clock.set('2027-02-09T14:30:00Z')
    const own = [await openedBy(id), await openedBy(id), await signInPerson('sam@example.com'), await openedBy(id)]
    for (const step of [3, 2, 1, 0]) {
      const url = `/api/appointments/${steps[step]?.id}/cancellation`
      const off = await request('POST', url, undefined, own[step])
      t.match(off.json(), { opens: false }, off.body)
      const kept = await request('POST', `/api/bookings/${id}/fee-decision`, { keep: true }, await signIn())
      t.equal(kept.statusCode, step === 1 ? 409 : 204, 'what only whoever booked had is kept without a word')
      await work()
    }
    await minute()
    const token = await openedBy(id)
    const { state, dues } = (await request('GET', `/api/bookings/${id}`, undefined, token)).json()
    t.equal(state, 'no_show')
    t.same(
      dues.map(({ state, amount }: { state: string; amount: { amount: number } }) => [state, amount.amount]),
      [
        ['paid', 46_666],
        ['scheduled', 46_666],
        ['scheduled', 46_668]
      ]
    )
    const quoted = await request('GET', `/api/bookings/${id}/cancellation`, undefined, token)
    t.match(quoted.json(), { status: 409, type: '/problems/wrong-state' })
  }
)

t.test('what is skipped one by one is not sold in instalments', async t => {
  const policy = { bands: [{ notice: { hours: 0 }, keep: { fixed: 0 } }] }
  const rules = {
    ...{ before: 0, after: 0, grid: 30, notice: 0, horizon: 60, approval: false, reminders: [24] },
    pay: { mode: 'full', instalments: { times: 3, days: 30 } }
  }
  t.ok(Conditions.safeParse({ policy, rules }).success)
  const skipped = Conditions.safeParse({ policy, rules: { ...rules, skips: { free: 4, makeUpDays: 7 } } })
  t.match(skipped.error?.issues, [{ path: ['rules', 'pay', 'instalments'] }])
})
