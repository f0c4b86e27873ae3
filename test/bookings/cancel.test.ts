import t from 'tap'
import { aStart, open } from '../support/open.ts'

const money = (amount: number) => ({ amount, currency: 'USD' })

t.test('the sum shown before is the sum that goes back, once, and the time is free again', async t => {
  const { request, confirmed, work, book, client, gateway } = await open(t)
  const { id, token } = await confirmed()
  const quote = (await request('GET', `/api/bookings/${id}/cancellation`, undefined, token)).json()
  t.same(quote, { refund: money(40_000), fee: money(0), band: '48-hours', validUntil: '2027-02-01T12:10:00Z' })
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () => request('POST', `/api/bookings/${id}/cancellation`, undefined, token))
  )
  for (const outcome of outcomes)
    t.same(outcome.json(), { refund: money(40_000), fee: money(0), band: '48-hours', state: 'cancelled' })
  await work()
  t.equal(gateway.refunds.size, 1)
  t.match(await client`select entry, amount::int from ledger order by at, entry`, [
    { entry: 'charge', amount: 40_000 },
    { entry: 'refund', amount: -40_000 }
  ])
  t.match(await client`select state from dues`, [{ state: 'paid' }])
  t.same(
    await client`select 1 from occupancy o join appointments a on a.id = o.appointment_id and a.booking_id = ${id}`,
    []
  )
  t.match(
    await client`select sequence, revised_at from participants p
    join appointments a on a.id = p.appointment_id where a.booking_id is not null`,
    [{ sequence: 1 }, { sequence: 1 }]
  )
  t.equal((await book()).statusCode, 201, 'the time can be booked again')
})

t.test(
  'what was shown holds ten minutes, also where a band ends in between; after that it is counted anew',
  async t => {
    const { request, confirmed, openedBy, clock } = await open(t)
    const two = [await confirmed(), await confirmed({ start: '2027-02-09T18:00:00Z' })]
    const [first, second] = two
    if (!first || !second) throw new Error('Two were booked')
    const cancellation = async ({ id }: { id: string }, method: 'GET' | 'POST') =>
      request(method, `/api/bookings/${id}/cancellation`, undefined, await openedBy(id))
    clock.set('2027-02-07T14:59:00Z')
    t.match((await cancellation(first, 'GET')).json(), { refund: money(40_000), validUntil: '2027-02-07T15:09:00Z' })
    clock.set('2027-02-07T15:08:59Z')
    t.match((await cancellation(first, 'GET')).json(), { refund: money(40_000), validUntil: '2027-02-07T15:09:00Z' })
    t.match((await cancellation(first, 'POST')).json(), { refund: money(40_000), band: '48-hours' })
    clock.set('2027-02-07T17:59:00Z')
    await cancellation(second, 'GET')
    clock.set('2027-02-07T18:09:00Z')
    t.match((await cancellation(second, 'POST')).json(), { refund: money(0), fee: money(40_000), band: '0-hours' })
  }
)

t.test('cancelled by the practice, everything comes back, however late', async t => {
  const { request, confirmed, clock, signIn, work, gateway, client } = await open(t)
  const { id } = await confirmed()
  clock.set('2027-02-09T14:00:00Z')
  const staff = await signIn()
  const path = `/api/bookings/${id}/cancellation`
  t.match((await request('GET', path, undefined, staff)).json(), { refund: money(40_000), band: 'by-practice' })
  t.match((await request('POST', path, undefined, staff)).json(), {
    refund: money(40_000),
    fee: money(0),
    state: 'cancelled'
  })
  await work()
  t.same(
    [...gateway.refunds.values()].map(({ amount }) => amount.amount),
    [40_000]
  )
  t.match(await client`select by, actor from cancellations`, [{ by: 'practice', actor: /^staff:/ }])
  t.match(await client`select kind from audit where kind = 'cancelled'`, [{ kind: 'cancelled' }])
})

t.test('what was never paid is let go for nothing, and a hold only by the fence', async t => {
  const { request, book, gateway } = await open(t)
  const { id, token } = (await book()).json()
  const path = `/api/bookings/${id}/cancellation`
  t.match((await request('GET', path, undefined, token)).json(), { refund: money(0), fee: money(0), band: 'unpaid' })
  t.match((await request('POST', path, undefined, token)).json(), { refund: money(0), state: 'expired' })
  t.same(
    [...gateway.checkouts.values()].map(({ state }) => state),
    ['expired']
  )
})

t.test('paid in the very moment of letting it go: it stays let go, and all of it comes back', async t => {
  const { request, book, work, gateway, mails } = await open(t)
  const { id, token } = (await book()).json()
  gateway.pay([...gateway.checkouts.keys()][0] ?? '')
  const answer = await request('POST', `/api/bookings/${id}/cancellation`, undefined, token)
  t.match(answer.json(), { refund: money(40_000), fee: money(0), state: 'expired' })
  await work()
  t.same(
    [...gateway.refunds.values()].map(({ amount }) => amount.amount),
    [40_000]
  )
  t.match(
    mails.map(({ text }) => text),
    [/you gave the time on .* back, .* It comes back to you in full/s]
  )
})

t.test('what has begun, or is over, cannot be cancelled; nor by a stranger, nor by the mailed link alone', async t => {
  const { request, confirmed, openedBy, clock, mails } = await open(t)
  const { id } = await confirmed()
  const other = await confirmed({ start: '2027-02-09T18:00:00Z' })
  const path = `/api/bookings/${id}/cancellation`
  t.equal((await request('POST', path)).statusCode, 401)
  t.equal((await request('POST', path, undefined, other.token)).statusCode, 404)
  const mailed = mails.map(({ text }) => /\/b\/([\w-]{43})/.exec(text)?.[1]).filter(Boolean)
  for (const link of mailed) t.ok([403, 404].includes((await request('POST', path, undefined, link)).statusCode))
  t.ok(mailed.length > 0)
  clock.set(aStart)
  t.match((await request('POST', path, undefined, await openedBy(id))).json(), { type: '/problems/wrong-state' })
})
