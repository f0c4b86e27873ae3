import t from 'tap'
import { openStranger, openStripe, refusalOf } from '../support/stripe.ts'

t.test('a Checkout is opened, found, paid on the page, and told by a signed event', async t => {
  const { gateway, open, submit, events, simulator, clock } = await openStripe(t)
  const opened = await open()
  t.match(opened, { state: 'open', paid: false, payment: null, amount: { amount: 40_000, currency: 'USD' } })
  t.equal(opened.expiresAt.toISO(), clock.now().plus({ minutes: 31 }).toISO())
  const answer = await submit(opened.url ?? '')
  t.equal(answer.status, 303)
  t.equal(answer.headers.get('location'), 'http://localhost:3000/x/attempt-1')
  const paid = await gateway.findCheckout(opened.id)
  t.match(paid, { id: opened.id, state: 'complete', paid: true, payment: /^pi_/, url: null })
  await simulator.faults.eventsAreDone()
  t.match(events, [{ id: /^evt_/, type: 'checkout.session.completed', object: opened.id }])
})

t.test('a key opens one Checkout, however often it is used', async t => {
  const { open, sdk } = await openStripe(t)
  const first = await open({ key: 'the key', attempt: 'a' })
  const again = await open({ key: 'the key', attempt: 'a' })
  t.equal(again.id, first.id)
  t.not((await open()).id, first.id)
  const other = await sdk.checkout.sessions.retrieve(first.id)
  t.equal(other.client_reference_id, 'a')
})

t.test('an answer lost after its effect is asked for again by the same key and makes nothing twice', async t => {
  const { open, gateway, simulator, submit } = await openStripe(t)
  simulator.faults.loseAnswers(1)
  t.match(await refusalOf(open({ key: 'lost', attempt: 'a' })), { kind: 'unknown' })
  const opened = await open({ key: 'lost', attempt: 'a' })
  await submit(opened.url ?? '')
  const { payment } = await gateway.findCheckout(opened.id)
  const order = {
    key: 'refund:1',
    payment: payment ?? '',
    amount: { amount: 40_000, currency: 'USD' },
    reference: 'refund-1'
  }
  simulator.faults.loseAnswers(1)
  t.match(await refusalOf(gateway.refund(order)), { kind: 'unknown' })
  const refund = await gateway.refund(order)
  t.match(refund, { state: 'succeeded', amount: { amount: 40_000, currency: 'USD' } })
  t.same(await gateway.findRefund(refund.id), refund)
})

t.test('a key used for another order says that something unknown happened, never that nothing did', async t => {
  const { open } = await openStripe(t)
  await open({ key: 'the key' })
  const refusal = await refusalOf(open({ key: 'the key', amount: { amount: 1000, currency: 'USD' } }))
  t.match(refusal, { kind: 'unknown', code: 'idempotency_error' })
})

t.test('the fence answers what was decided: expired, or complete where it was paid meanwhile', async t => {
  const { open, gateway, submit, clock } = await openStripe(t)
  const [unpaid, paid, over] = [await open(), await open(), await open()]
  await submit(paid.url ?? '')
  t.match(await gateway.expireCheckout(unpaid.id), { state: 'expired', paid: false })
  t.match(await gateway.expireCheckout(unpaid.id), { state: 'expired', paid: false }, 'once more')
  t.match(await gateway.expireCheckout(paid.id), { state: 'complete', paid: true, payment: /^pi_/ })
  clock.move({ minutes: 32 })
  t.match(await gateway.expireCheckout(over.id), { state: 'expired', paid: false })
})

t.test('the fence holds when its answer is lost or Stripe fails', async t => {
  const { open, gateway, simulator } = await openStripe(t)
  const { id } = await open()
  simulator.faults.fail(2)
  t.match(await refusalOf(gateway.expireCheckout(id)), { kind: 'unknown' })
  t.match(await gateway.findCheckout(id), { state: 'open' })
  simulator.faults.loseAnswers(1)
  t.match(await gateway.expireCheckout(id), { state: 'expired' })
})

t.test('a definite no carries its code; a failure of Stripe or of the way to it is no answer', async t => {
  const { open, gateway, simulator, stop } = await openStripe(t)
  t.match(await refusalOf(gateway.findCheckout('cs_test_none')), { kind: 'refused', code: 'resource_missing' })
  t.match(await refusalOf(gateway.findRefund('re_none')), { kind: 'refused', code: 'resource_missing' })
  t.match(await refusalOf(open({ email: 'nobody' })), { kind: 'refused', code: 'email_invalid' })
  simulator.faults.fail(1)
  t.match(await refusalOf(open()), { kind: 'unknown' })
  await stop()
  t.match(await refusalOf(open()), { kind: 'unknown' })
})

t.test('an answer without an id or of another object is no answer, whatever its status', async t => {
  for (const [status, body] of [
    [404, '{"message":"Not Found"}'],
    [200, '{}'],
    [200, '{"id":"cs_1"}'],
    [200, '{"id":"cus_1","object":"customer"}'],
    [502, '<html>Bad gateway</html>'],
    [200, 'null']
  ] as const) {
    const stranger = await openStranger(t, status, body)
    t.match(await refusalOf(stranger.findCheckout('cs_1')), { kind: 'unknown' }, `${status} ${body}`)
  }
})

t.test('a wrong secret key is not a definite no to the order', async t => {
  const stranger = await openStranger(t, 401, '{"error":{"type":"invalid_request_error","message":"Invalid API Key"}}')
  t.match(await refusalOf(stranger.findCheckout('cs_1')), { kind: 'unknown' })
})
