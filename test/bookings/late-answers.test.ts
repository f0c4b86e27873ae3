import t from 'tap'
import { reconcileAttempts } from '../../src/bookings/reconcile.ts'
import { settle } from '../../src/bookings/settle.ts'
import { findAttempt } from '../../src/payments/attempt-store.ts'
import { processEvent, processForgotten } from '../../src/payments/inbox.ts'
import { pursueRefunds } from '../../src/payments/pursue-refund.ts'
import { submitAttempt } from '../../src/payments/submit-attempt.ts'
import { open, someone } from '../support/open.ts'

type House = Awaited<ReturnType<typeof open>>

async function attemptOf({ client }: House, booking: string) {
  const [row] = await client<{ id: string; checkout: string; state: string }[]>`
    select a.id, a.checkout_id as checkout, a.state from attempts a join dues d on d.id = a.due_id
    where d.booking_id = ${booking}`
  if (!row) throw new Error('There is no attempt')
  return row
}

t.test('the answer to an opening that comes after the payment undoes nothing', async t => {
  const house = await open(t)
  const { book, gateway, deps, scope, work, client } = house
  gateway.beSilent(1)
  const { id } = (await book()).json()
  const attempt = await attemptOf(house, id)
  const asked = await findAttempt(deps.db, scope, attempt.id)
  if (!asked) throw new Error('There is no attempt')
  // While the first caller waits for its answer, another opens the same Checkout, and it is paid and settled.
  const slow = {
    ...gateway,
    async openCheckout(order: Parameters<typeof gateway.openCheckout>[0]) {
      const checkout = await gateway.openCheckout(order)
      await submitAttempt(deps, scope, asked)
      gateway.pay(checkout.id)
      await settle(deps, scope, attempt.id)
      return checkout
    }
  }
  await submitAttempt({ ...deps, gateway: slow }, scope, asked)
  t.match(await attemptOf(house, id), { state: 'succeeded' })
  await settle(deps, scope, attempt.id)
  await work()
  t.match(await client`select state from bookings`, [{ state: 'confirmed' }])
  t.match(await client`select entry from ledger`, [{ entry: 'charge' }])
  t.equal(gateway.refunds.size, 0, 'nothing goes back of what is confirmed')
})

t.test('a refund that the bank returns weeks later is owed again, and the therapist hears of it', async t => {
  const { request, confirmed, client, deps, clock, work, gateway, mails } = await open(t)
  const one = await confirmed()
  await request('POST', `/api/bookings/${one.id}/cancellation`, undefined, one.token)
  await work()
  const [refund] = await client<{ id: string; state: string }[]>`select stripe_id as id, state from refunds`
  t.equal(refund?.state, 'succeeded')
  Object.assign(gateway.refunds.get(refund?.id ?? '') ?? {}, { state: 'failed' })
  await client`
    insert into stripe_events (id, type, object_id, received_at)
    values ('evt_returned', 'refund.failed', ${refund?.id ?? ''}, ${clock.now().toISO()})`
  for (let times = 0; times < 2; times += 1) {
    await processEvent(deps, 'evt_returned')
    await work()
  }
  t.match(await client`select state from refunds`, [{ state: 'failed' }])
  t.match(await client`select sum(amount)::int as sum from ledger`, [{ sum: 40_000 }])
  t.equal(mails.filter(({ subject }) => subject === 'A payment that could not be sent back').length, 1)
})

t.test('a refund that Stripe made and cannot find does not count as failed: it would be sent twice', async t => {
  const { request, confirmed, client, deps, gateway } = await open(t)
  const { refund } = gateway
  gateway.refund = async order => ({ ...(await refund(order)), state: 'pending' })
  const one = await confirmed()
  await request('POST', `/api/bookings/${one.id}/cancellation`, undefined, one.token)
  await pursueRefunds(deps)
  gateway.refunds.clear()
  await t.rejects(pursueRefunds(deps), 'somebody must look')
  t.match(await client`select state from refunds`, [{ state: 'pending' }])
})

t.test('a late payment that takes its time again owes the balance as before', async t => {
  const house = await open(t)
  const { book, gateway, clock, deps, scope, minute, client } = house
  await client`
    insert into session_type_versions
    select (jsonb_populate_record(v, jsonb_build_object('version', v.version + 1, 'rules',
      v.rules || '{"pay": {"mode": "deposit", "percent": 50, "daysBefore": 3}}'))).*
    from session_type_versions v join session_types t on t.id = v.session_type_id and t.version = v.version
    where t.slug = 'couples'`
  await client`update session_types set version = version + 1 where slug = 'couples'`
  const { id } = (await book()).json()
  const attempt = await attemptOf(house, id)
  clock.move({ minutes: 60 })
  await minute()
  t.match(await client`select state from bookings`, [{ state: 'expired' }])
  Object.assign(gateway.checkouts.get(attempt.checkout) ?? {}, { state: 'complete', paid: true, payment: 'pi_late' })
  await settle(deps, scope, attempt.id)
  t.match(await client`select state from bookings`, [{ state: 'confirmed' }])
  t.match(await client`select reason, state from dues order by reason`, [
    { reason: 'balance', state: 'scheduled' },
    { reason: 'deposit', state: 'paid' }
  ])
})

t.test(
  'a refund whose answer was lost goes back once, also when it is asked again after Stripe forgot its key',
  async t => {
    const { request, confirmed, client, deps, clock, gateway } = await open(t)
    const one = await confirmed()
    gateway.loseAnswers(1)
    await request('POST', `/api/bookings/${one.id}/cancellation`, undefined, one.token)
    await deps.jobs.drain('stripe', async () => {})
    await t.rejects(pursueRefunds(deps), 'its answer was lost')
    t.equal(gateway.refunds.size, 1)
    t.match(await client`select state from refunds`, [{ state: 'requested' }])
    clock.move({ hours: 25 })
    gateway.forgetKeys()
    await pursueRefunds(deps)
    t.equal(gateway.refunds.size, 1, 'not a second one')
    t.match(await client`select state from refunds`, [{ state: 'succeeded' }])
    t.match(await client`select entry, amount::int from ledger order by id`, [
      { entry: 'charge', amount: 40_000 },
      { entry: 'refund', amount: -40_000 }
    ])
  }
)

t.test(
  'an attempt of which nobody tells is asked about every ten minutes, however far apart the rounds are',
  async t => {
    const house = await open(t)
    const { book, deps, clock, gateway } = house
    const { id } = (await book()).json()
    const attempt = await attemptOf(house, id)
    let asked = 0
    const counting = {
      ...gateway,
      async findCheckout(checkout: string) {
        asked += 1
        return gateway.findCheckout(checkout)
      }
    }
    const round = async (minutes: number) => {
      clock.move({ minutes })
      asked = 0
      await reconcileAttempts({ ...deps, gateway: counting })
      return asked
    }
    t.same([await round(4), await round(2), await round(2), await round(7), await round(1)], [0, 1, 0, 0, 1])
    gateway.pay(attempt.checkout)
    t.equal(await round(13), 1)
    t.match(await attemptOf(house, id), { state: 'succeeded' })
    t.equal(await round(13), 0, 'what is decided is asked about no more')
  }
)

t.test('a refund that a person made at Stripe is written down, told, and given back no second time', async t => {
  const { confirmed, request, client, deps, clock, gateway, work, mails } = await open(t)
  const one = await confirmed()
  const [attempt] = await client<{ payment: string }[]>`select payment_id as payment from attempts`
  const refund = gateway.refundElsewhere(attempt?.payment ?? '', 15_000)
  mails.length = 0
  for (const id of ['evt_made', 'evt_again']) {
    await client`insert into stripe_events (id, type, object_id, received_at)
      values (${id}, 'refund.created', ${refund}, ${clock.now().toISO()})`
    await processEvent(deps, id)
    await work()
  }
  t.match(await client`select amount::int, state, reason from refunds`, [
    { amount: 15_000, state: 'succeeded', reason: 'external' }
  ])
  t.match(await client`select entry, amount::int from ledger order by id`, [
    { entry: 'charge', amount: 40_000 },
    { entry: 'refund', amount: -15_000 }
  ])
  t.match(mails, [{ to: 'jessica@example.com', subject: 'A payment that was sent back elsewhere' }])
  const cancelled = await request('POST', `/api/bookings/${one.id}/cancellation`, undefined, one.token)
  t.match(cancelled.json(), { refund: { amount: 25_000 } })
  await work()
  t.equal(
    [...gateway.refunds.values()].reduce((sum, { amount }) => sum + amount.amount, 0),
    40_000
  )
})

t.test('our own refund is not taken for another’s when its event comes before its answer', async t => {
  const { confirmed, request, client, deps, clock, gateway } = await open(t)
  const one = await confirmed()
  gateway.loseAnswers(1)
  await request('POST', `/api/bookings/${one.id}/cancellation`, undefined, one.token)
  await t.rejects(pursueRefunds(deps), 'its answer was lost')
  const [made] = gateway.refunds.keys()
  await client`insert into stripe_events (id, type, object_id, received_at)
    values ('evt_early', 'refund.created', ${made ?? ''}, ${clock.now().toISO()})`
  await processEvent(deps, 'evt_early')
  await pursueRefunds(deps)
  t.match(await client`select amount::int, state, reason from refunds`, [{ amount: 40_000, state: 'succeeded' }])
  t.equal(gateway.refunds.size, 1)
})

t.test('events of another use of the account stop nothing, and are put aside after a day', async t => {
  const { book, client, deps, clock, gateway, work } = await open(t)
  const house = { client } as House
  const { id } = (await book()).json()
  const attempt = await attemptOf(house, id)
  const received = (minutes: number) => clock.now().minus({ minutes }).toISO() ?? ''
  await client`insert into stripe_events (id, type, object_id, received_at)
    select 'evt_foreign_' || n, 'checkout.session.completed', 'cs_foreign_' || n, ${received(60)} from generate_series(1, 150) n`
  gateway.pay(attempt.checkout)
  await client`insert into stripe_events (id, type, object_id, received_at)
    values ('evt_ours', 'checkout.session.completed', ${attempt.checkout}, ${received(6)})`
  await processForgotten(deps)
  await processForgotten(deps)
  await work()
  t.match(await client`select state from bookings where id = ${id}`, [{ state: 'confirmed' }])
  const waiting = async () =>
    (await client<{ count: number }[]>`select count(*)::int from stripe_events where processed_at is null`)[0]?.count
  t.equal(await waiting(), 150, 'it may still be ours: an answer that is on its way')
  clock.move({ hours: 24 })
  await processForgotten(deps)
  await processForgotten(deps)
  t.equal(await waiting(), 0)
  t.match(await client`select count(*)::int from stripe_events where "foreign"`, [{ count: 150 }])
})

t.test('a refund that was made at Stripe before its payment was settled here is deferred, and not dropped', async t => {
  const house = await open(t)
  const { book, request, client, deps, scope, clock, gateway, work, mails } = house
  const { id, token } = (await book()).json()
  const attempt = await attemptOf(house, id)
  gateway.pay(attempt.checkout)
  const refund = gateway.refundElsewhere(`pi_${attempt.checkout}`, 15_000)
  await client`insert into stripe_events (id, type, object_id, received_at)
    values ('evt_first', 'refund.created', ${refund}, ${clock.now().toISO()})`
  await t.rejects(processEvent(deps, 'evt_first'), 'its payment is not known yet')
  t.match(await client`select processed_at from stripe_events`, [{ processed_at: null }])
  await settle(deps, scope, attempt.id)
  await work()
  clock.move({ minutes: 6 })
  await processForgotten(deps)
  await work()
  t.match(await client`select entry, amount::int from ledger order by id`, [
    { entry: 'charge', amount: 40_000 },
    { entry: 'refund', amount: -15_000 }
  ])
  t.equal(mails.filter(({ subject }) => subject === 'A payment that was sent back elsewhere').length, 1)
  const cancelled = await request('POST', `/api/bookings/${id}/cancellation`, undefined, token)
  t.match(cancelled.json(), { refund: { amount: 25_000 } })
})

t.test('a refund of another use of the account is put aside after a day', async t => {
  const { client, deps, clock, gateway } = await open(t)
  const refund = gateway.refundElsewhere('pi_of_another_use', 15_000)
  await client`insert into stripe_events (id, type, object_id, received_at)
    values ('evt_foreign', 'refund.created', ${refund}, ${clock.now().toISO()})`
  await t.rejects(processEvent(deps, 'evt_foreign'), 'its payment may still be ours')
  clock.move({ hours: 25 })
  await processEvent(deps, 'evt_foreign')
  t.match(await client`select processed_at is not null as done, "foreign" from stripe_events`, [
    { done: true, foreign: true }
  ])
  t.equal((await client`select id from refunds`).length, 0)
})

t.test(
  'a Checkout that Stripe does not know is asked about on and on, and keeps no other from being asked about',
  async t => {
    const house = await open(t)
    const { book, deps, clock, gateway, client } = house
    const { id } = (await book()).json()
    const unknown = await attemptOf(house, id)
    gateway.checkouts.delete(unknown.checkout)
    const other = await book({ start: '2027-02-10T15:00:00Z', person: { ...someone, email: 'ann@example.com' } })
    gateway.pay((await attemptOf(house, other.json().id)).checkout)
    clock.move({ minutes: 6 })
    await t.resolves(reconcileAttempts(deps), 'it is a warning, and no failure each ten minutes for ever')
    t.match(await client`select state from bookings where id = ${other.json().id}`, [{ state: 'confirmed' }])
    t.match(await attemptOf(house, id), { state: 'submitted' }, 'it may have been asked with a wrong key')
  }
)
