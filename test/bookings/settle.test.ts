import t from 'tap'
import { expireDue } from '../../src/bookings/expire.ts'
import { settle } from '../../src/bookings/settle.ts'
import { GatewayError } from '../../src/payments/gateway.ts'
import { pursueRefunds } from '../../src/payments/pursue-refund.ts'
import { aStart, open } from '../support/open.ts'

const paidOnce = 'select amount::int, entry from ledger order by at'

t.test('a payment confirms the booking, writes one ledger line, and mails client and therapist once', async t => {
  const { book, gateway, deps, scope, client, work, mails } = await open(t)
  const { id } = (await book()).json()
  const attempt = await attemptOf(client, id)
  gateway.pay(attempt.checkout)
  await Promise.all(Array.from({ length: 10 }, () => settle(deps, scope, attempt.id)))
  t.match(await client`select state from bookings`, [{ state: 'confirmed' }])
  t.match(await client.unsafe(paidOnce), [{ amount: 40_000, entry: 'charge' }])
  await work()
  await settle(deps, scope, attempt.id)
  await work()
  t.same(mails.map(({ to }) => to).sort(), ['jessica@example.com', 'jo@example.com'])
})

t.test('an unpaid hold is freed only after Stripe has ended its Checkout', async t => {
  const { book, gateway, clock, minute, client } = await open(t)
  const { id } = (await book()).json()
  clock.move({ minutes: 36 })
  gateway.beSilent(2)
  await t.rejects(minute(), 'who asked for the attempt itself got no answer either')
  t.match(await client`select state from bookings`, [{ state: 'releasing' }], 'no answer: still blocked')
  t.equal((await book()).statusCode, 409, 'the time is not sold meanwhile')
  await minute()
  await minute()
  t.match(await client`select state from bookings where id = ${id}`, [{ state: 'expired' }])
  t.equal(
    (await client`select 1 from occupancy o join appointments a on a.id = o.appointment_id where a.booking_id = ${id}`)
      .length,
    0
  )
  t.equal((await book()).statusCode, 201, 'the time is free again')
})

t.test('a hold that cannot be ended does not keep the others from ending', async t => {
  const { book, gateway, clock, client, deps } = await open(t)
  const { id } = (await book()).json()
  const other = (await book({ start: '2027-02-10T15:00:00Z' })).json()
  const { checkout } = await attemptOf(client, id)
  const { expireCheckout } = gateway
  gateway.expireCheckout = async ended => {
    if (ended === checkout) throw new GatewayError('refused', 'This account is closed', 'account_closed')
    return expireCheckout(ended)
  }
  clock.move({ minutes: 36 })
  await t.rejects(expireDue(deps), { errors: [{ kind: 'refused' }] })
  t.match(await client`select state from bookings where id = ${other.id}`, [{ state: 'expired' }])
  t.match(
    await client`select state from bookings where id = ${id}`,
    [{ state: 'releasing' }],
    'blocked while it might be paid'
  )
  gateway.expireCheckout = expireCheckout
  gateway.checkouts.delete(checkout)
  await expireDue(deps)
  t.match(
    await client`select state from bookings where id = ${id}`,
    [{ state: 'releasing' }],
    'one that Stripe does not know is no failure, and might be paid too'
  )
  clock.move({ minutes: 11 })
  await expireDue(deps)
  t.match(await client`select state from bookings where id = ${id}`, [{ state: 'expired' }], 'long over: free again')
  t.match(await client`select a.state from attempts a join dues d on d.id = a.due_id where d.booking_id = ${id}`, [
    { state: 'unknown' }
  ])
})

t.test('a payment in the last moment wins over the expiry', async t => {
  const { book, gateway, clock, minute, client } = await open(t)
  const { id } = (await book()).json()
  const { checkout } = await attemptOf(client, id)
  gateway.pay(checkout)
  clock.move({ minutes: 36 })
  await minute()
  t.match(await client`select state from bookings`, [{ state: 'confirmed' }])
})

t.test('paid after the time was sold to somebody else: all of it goes back, once', async t => {
  const { book, gateway, clock, deps, scope, minute, client, work } = await open(t)
  const { id } = (await book()).json()
  const attempt = await attemptOf(client, id)
  clock.move({ minutes: 60 })
  await minute()
  t.equal((await book()).statusCode, 201)
  const late = gateway.checkouts.get(attempt.checkout)
  Object.assign(late ?? {}, { state: 'complete', paid: true, payment: 'pi_late' })
  await settle(deps, scope, attempt.id)
  await work()
  await settle(deps, scope, attempt.id)
  await work()
  t.match(await client`select state from bookings where id = ${id}`, [{ state: 'expired' }])
  t.match(await client.unsafe(paidOnce), [
    { amount: 40_000, entry: 'charge' },
    { amount: -40_000, entry: 'refund' }
  ])
  t.equal(gateway.refunds.size, 1)
})

t.test('paid late while the time is still free: the same time is taken again', async t => {
  const { book, gateway, clock, deps, scope, minute, client } = await open(t)
  const { id } = (await book()).json()
  const attempt = await attemptOf(client, id)
  clock.move({ minutes: 60 })
  await minute()
  Object.assign(gateway.checkouts.get(attempt.checkout) ?? {}, { state: 'complete', paid: true, payment: 'pi_late' })
  await settle(deps, scope, attempt.id)
  t.match(await client`select state from bookings where id = ${id}`, [{ state: 'confirmed' }])
  t.equal((await book()).statusCode, 409)
})

t.test('paid after the appointment would have begun: it is not confirmed, and all of it goes back', async t => {
  const { book, gateway, clock, deps, scope, minute, work, client } = await open(t)
  const { id } = (await book()).json()
  const attempt = await attemptOf(client, id)
  clock.move({ minutes: 60 })
  await minute()
  clock.set(aStart)
  Object.assign(gateway.checkouts.get(attempt.checkout) ?? {}, { state: 'complete', paid: true, payment: 'pi_late' })
  await settle(deps, scope, attempt.id)
  await work()
  t.match(await client`select state from bookings where id = ${id}`, [{ state: 'expired' }])
  t.match(await client`select sum(amount)::int as sum from ledger`, [{ sum: 0 }])
})

t.test('a hold that is over is not freed by a rival while its Checkout may still be paid', async t => {
  const { book, clock, client } = await open(t)
  const { id } = (await book()).json()
  clock.move({ minutes: 36 })
  const person = { name: 'A Rival', email: 'rival@example.com', zone: 'America/New_York' }
  t.match((await book({ person })).json(), { status: 409, type: '/problems/slot-taken' })
  t.match(await client`select state from bookings where id = ${id}`, [{ state: 'held' }])
})

t.test('an answer that never came makes no second Checkout', async t => {
  const { book, gateway, request, client } = await open(t)
  gateway.loseAnswers(1)
  const answer = await book()
  t.equal(answer.statusCode, 201)
  t.equal(answer.json().payment, null)
  const { id, token } = answer.json()
  const payment = await request('POST', `/api/bookings/${id}/payment`, undefined, token)
  t.equal(payment.statusCode, 200, payment.body)
  t.equal(gateway.checkouts.size, 1)
  t.equal((await client`select 1 from attempts`).length, 1)
  const again = await request('POST', `/api/bookings/${id}/payment`, undefined, token)
  t.same(again.json(), payment.json(), 'a client who comes back gets the same open page')
})

t.test('a hold that was given back frees its time at once and can be booked again', async t => {
  const { book, request } = await open(t)
  const { id, token } = (await book()).json()
  const released = await request('POST', `/api/bookings/${id}/release`, undefined, token)
  t.match(released.json(), { state: 'expired' }, released.body)
  t.match((await book()).json(), { appointments: [{ start: aStart }] })
})

t.test(
  'a payment of which nobody told us is found within ten minutes, and each attempt is asked about that often',
  async t => {
    const { book, gateway, clock, minute, client } = await open(t)
    const { id } = (await book()).json()
    const attempt = await attemptOf(client, id)
    let asked = 0
    const { findCheckout } = gateway
    gateway.findCheckout = checkout => {
      asked += 1
      return findCheckout(checkout)
    }
    for (let past = 1; past <= 25; past += 1) {
      clock.move({ minutes: 1 })
      await minute()
    }
    t.equal(asked, 3, 'after 5, 15 and 25 minutes')
    gateway.pay(attempt.checkout)
    for (let past = 1; past <= 10; past += 1) {
      clock.move({ minutes: 1 })
      // The hold would be over at 35: the reconciliation of that very minute and the fence agree.
      await minute()
    }
    t.match(await client`select state from bookings where id = ${id}`, [{ state: 'confirmed' }])
  }
)

t.test('a refund that fails at once never changes the ledger; one that fails later comes back to it', async t => {
  const { request, confirmed, gateway, deps, work, client, mails } = await open(t)
  const told = () => mails.filter(({ subject }) => subject === 'A payment that could not be sent back')
  const sum = async () => (await client`select sum(amount)::int as sum from ledger`)[0]?.sum
  const { refund } = gateway
  gateway.refund = async order => ({ ...(await refund(order)), state: 'failed' })
  const one = await confirmed()
  await request('POST', `/api/bookings/${one.id}/cancellation`, undefined, one.token)
  await work()
  t.equal(await sum(), 40_000)
  t.match(await client`select state from refunds`, [{ state: 'failed' }])
  gateway.refund = async order => ({ ...(await refund(order)), state: 'pending' })
  const two = await confirmed({ start: '2027-02-10T15:00:00Z' })
  await request('POST', `/api/bookings/${two.id}/cancellation`, undefined, two.token)
  await work()
  t.equal(await sum(), 40_000, 'two were paid, one refund is under way')
  for (const made of gateway.refunds.values()) made.state = 'failed'
  await Promise.all([pursueRefunds(deps), pursueRefunds(deps), pursueRefunds(deps)])
  t.equal(await sum(), 80_000)
  t.match(await client`select entry from ledger order by at, id`, { length: 4 })
  gateway.refund = async () => {
    throw new GatewayError('refused', 'The charge is disputed', 'charge_disputed')
  }
  const three = await confirmed({ start: '2027-02-11T15:00:00Z' })
  await request('POST', `/api/bookings/${three.id}/cancellation`, undefined, three.token)
  await work()
  await pursueRefunds(deps)
  await work()
  t.same(
    told().map(({ to }) => to),
    Array(3).fill('jessica@example.com'),
    'each is told once to the therapist'
  )
  t.notMatch(told()[0]?.text, /Delgado|couples|therapy/i)
})

t.test('refunds that Stripe does not settle keep no other waiting, however many there are', async t => {
  const { request, confirmed, gateway, deps, client, clock } = await open(t)
  const one = await confirmed()
  await client`
    insert into refunds (practice_id, id, attempt_id, amount, key, state, reason, created_at)
    select practice_id, gen_random_uuid(), id, 1, 'stuck:' || n, 'requested', 'stuck', created_at
    from attempts, generate_series(1, 100) n`
  clock.move({ minutes: 1 })
  await request('POST', `/api/bookings/${one.id}/cancellation`, undefined, one.token)
  const { refund } = gateway
  const asked: string[] = []
  gateway.refund = async order => {
    asked.push(order.key)
    if (order.key.startsWith('stuck:')) throw new GatewayError('unknown', 'no answer')
    return refund(order)
  }
  await t.rejects(pursueRefunds(deps))
  t.equal(asked.length, 100, 'so many at a time')
  clock.move({ minutes: 1 })
  await t.rejects(pursueRefunds(deps))
  t.match(await client`select state from refunds where key like 'refund:%'`, [{ state: 'succeeded' }])
  for (let round = 0; round < 2; round += 1) {
    asked.length = 0
    clock.move({ minutes: 1 })
    await t.rejects(pursueRefunds(deps))
    t.equal(new Set(asked).size, 100, 'each of the others is asked for again in its turn')
  }
})

t.test('an opening that Stripe refuses for good is told to the payer once, while the time is kept', async t => {
  const { book, gateway, request, work, mails, clock, minute } = await open(t)
  const told = () => mails.filter(({ text }) => text.includes('did not go through'))
  const { openCheckout } = gateway
  const refuse = async () => {
    throw new GatewayError('refused', 'Your account cannot currently make live charges', 'account_invalid')
  }
  gateway.openCheckout = refuse
  const { id, token, payment } = (await book()).json()
  t.equal(payment, null)
  await work()
  t.match(told(), [{ to: 'jo@example.com' }])
  t.notMatch(told()[0]?.text, /Delgado|couples|therapy/i)
  const pay = () => request('POST', `/api/bookings/${id}/payment`, undefined, token)
  for (let times = 0; times < 3; times += 1) t.match((await pay()).json(), { status: 409 }, 'a sentence, no failure')
  await work()
  t.equal(told().length, 1, 'one mail, however often it is tried')
  gateway.openCheckout = openCheckout
  t.match((await pay()).json(), { url: /^https/ }, 'and it can be paid as soon as Stripe opens it')
  gateway.loseAnswers(1)
  const start = '2027-02-10T15:00:00Z'
  const person = { name: 'Sam Okafor', email: 'sam@example.com', zone: 'America/New_York' }
  await book({ start, person })
  gateway.openCheckout = refuse
  clock.move({ minutes: 36 })
  await minute()
  t.equal(told().length, 1, 'nobody hears of a payment for a time that is not kept any more')
})

t.test(
  'a Checkout that Stripe does not know is a sentence while it might be paid, and is opened anew after that',
  async t => {
    const { book, gateway, request, client, clock } = await open(t)
    const { id, token } = (await book()).json()
    const attempt = await attemptOf(client, id)
    gateway.checkouts.delete(attempt.checkout)
    const pay = () => request('POST', `/api/bookings/${id}/payment`, undefined, token)
    t.match((await pay()).json(), { status: 409, type: '/problems/payment-lost', detail: /If you have paid there/ })
    const back = await request('GET', `/x/${attempt.id}`)
    t.equal(back.statusCode, 303, 'who comes back sees the booking as it is')
    t.equal(back.headers.location, `/b/${id}`)
    await client`update bookings set hold_until = ${'2027-02-03T12:00:00Z'} where id = ${id}`
    clock.move({ minutes: 47 })
    t.match((await pay()).json(), { url: /^https/ }, 'nobody can pay the lost one any more')
    t.match(await client`select state, code from attempts order by number`, [
      { state: 'cancelled', code: 'lost' },
      { state: 'submitted', code: null }
    ])
  }
)

t.test('the page that a payer returns to asks Stripe only of what is not decided', async t => {
  const { confirmed, gateway, request, client } = await open(t)
  const { id } = await confirmed()
  const attempt = await attemptOf(client, id)
  gateway.findCheckout = async () => {
    throw new Error('Stripe was asked')
  }
  const back = await request('GET', `/x/${attempt.id}`)
  t.equal(back.statusCode, 303, back.body)
  t.equal(back.headers.location, `/b/${id}`)
  t.equal((await request('GET', '/x/019c0000-0000-7000-8000-000000000000')).statusCode, 404)
})

async function attemptOf(client: Awaited<ReturnType<typeof open>>['client'], booking: string) {
  const [row] = await client<{ id: string; checkout: string }[]>`
    select a.id, a.checkout_id as checkout from attempts a join dues d on d.id = a.due_id where d.booking_id = ${booking}`
  if (!row) throw new Error('There is no attempt')
  return row
}
