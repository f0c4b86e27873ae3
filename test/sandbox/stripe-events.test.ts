import t from 'tap'
import { openStripe } from '../support/stripe.ts'

const typesOf = (events: readonly { type: string }[]) => events.map(({ type }) => type)

t.test('a session whose time is over by the clock is expired and told', async t => {
  const { open, gateway, simulator, events, clock, submit } = await openStripe(t)
  const { id, url } = await open()
  clock.move({ minutes: 30 })
  t.match(await gateway.findCheckout(id), { state: 'open' })
  clock.move({ minutes: 1 })
  await simulator.faults.passTime()
  await simulator.faults.eventsAreDone()
  t.match(events, [{ type: 'checkout.session.expired', object: id }])
  const late = await submit(url ?? '')
  t.equal(late.headers.get('location'), new URL(url ?? '').pathname)
  t.match(await gateway.findCheckout(id), { state: 'expired', paid: false })
})

t.test('time passes without anybody asking', async t => {
  const { open, simulator, events, clock } = await openStripe(t)
  await open()
  clock.move({ hours: 1 })
  await t.resolves(
    (async () => {
      while (events.length === 0) await new Promise(resolve => setImmediate(resolve))
    })()
  )
  await simulator.faults.eventsAreDone()
  t.same(typesOf(events), ['checkout.session.expired'])
})

t.test('events that are held go out in the order that is asked for', async t => {
  const { open, gateway, simulator, events } = await openStripe(t)
  simulator.faults.holdEvents()
  const [first, second] = [await open(), await open()]
  await gateway.expireCheckout(first.id)
  await gateway.expireCheckout(second.id)
  t.same(events, [])
  await simulator.faults.releaseEvents('reversed')
  t.same(
    events.map(({ object }) => object),
    [second.id, first.id]
  )
})

t.test('an event can come twice, with one id', async t => {
  const { open, gateway, simulator, events } = await openStripe(t)
  simulator.faults.duplicateEvents(true)
  await gateway.expireCheckout((await open()).id)
  await simulator.faults.eventsAreDone()
  t.equal(events.length, 2)
  t.same(events[0], events[1])
})

t.test('an event that was not taken comes again until it is', async t => {
  const { open, gateway, simulator, events, answerEvents } = await openStripe(t)
  answerEvents(503)
  await gateway.expireCheckout((await open()).id)
  while (events.length === 0) await new Promise(resolve => setImmediate(resolve))
  answerEvents(200)
  await simulator.faults.eventsAreDone()
  t.ok(events.length >= 2)
  t.equal(new Set(events.map(({ id }) => id)).size, 1)
})

t.test('a refund is told when it is made, and again when the bank has decided', async t => {
  const { open, submit, gateway, simulator, events } = await openStripe(t)
  const { id, url } = await open()
  await submit(url ?? '')
  const { payment } = await gateway.findCheckout(id)
  const refund = (key: string, amount = 10_000) =>
    gateway.refund({ key, payment: payment ?? '', amount: { amount, currency: 'USD' }, reference: key })
  simulator.faults.refundsGo('pending')
  const pending = await refund('a')
  t.match(pending, { state: 'pending' })
  await simulator.faults.decideRefund(pending.id, 'succeeded')
  t.match(await gateway.findRefund(pending.id), { state: 'succeeded' })
  simulator.faults.refundsGo('failed')
  const failing = await refund('b', 30_000)
  t.match(failing, { state: 'pending' })
  t.match(await gateway.findRefund(failing.id), { state: 'failed' })
  simulator.faults.refundsGo('succeeded')
  t.match(await refund('c', 30_000), { state: 'succeeded' }, 'what failed can be sent back again')
  await simulator.faults.eventsAreDone()
  const told = typesOf(events.filter(({ object }) => object?.startsWith('re_'))).sort()
  t.same(told, [
    ...['refund.created', 'refund.created', 'refund.created'],
    ...['refund.failed', 'refund.updated', 'refund.updated']
  ])
})
