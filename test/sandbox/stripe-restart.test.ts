import { fork } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { stripeGateway } from '../../src/payments/stripe.ts'
import { openStripeStore } from '../../src/sandbox/stripe-store.ts'
import { ownClock } from '../support/clock.ts'
import { openStripe, secretKey, webhookSecret } from '../support/stripe.ts'

/** The simulator in a process of its own, and what kills it as a power cut would. */
async function startVictim(t: Test, dataDir: string, webhookUrl = 'http://127.0.0.1:9/') {
  const child = fork(join(import.meta.dirname, '../support/stripe-victim.ts'), [dataDir, secretKey, webhookUrl])
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  t.teardown(kill)
  const [apiBase] = await once(child, 'message')
  const gateway = stripeGateway({ secretKey, webhookSecrets: [webhookSecret], apiBase: String(apiBase), retries: 0 })
  return { gateway, kill }
}

const order = (key: string) => ({
  key,
  attempt: key,
  amount: { amount: 40_000, currency: 'USD' },
  email: 'jo@example.com',
  expiresAt: ownClock().now().plus({ minutes: 31 }),
  returnUrl: 'http://localhost:3000/x/a',
  cancelUrl: 'http://localhost:3000/b/a',
  displayName: 'T. Rooms',
  statement: 'T ROOMS'
})

t.test('what was answered is known after a SIGKILL in the middle of the work, and keys still answer alike', async t => {
  const dataDir = t.testdir()
  const first = await startVictim(t, dataDir)
  const answered = new Map<string, string>()
  const enough = Promise.withResolvers<void>()
  let asked = 0
  const callers = Array.from({ length: 8 }, async () => {
    for (;;) {
      const key = `key-${asked++}`
      const { id } = await first.gateway.openCheckout(order(key))
      answered.set(key, id)
      if (answered.size === 60) enough.resolve()
    }
  })
  const ends = Promise.allSettled(callers)
  await enough.promise
  await first.kill()
  await ends
  t.ok(asked > answered.size, `${answered.size} answered, ${asked - answered.size} cut off`)
  const second = await openStripe(t, { dataDir })
  for (const [key, id] of answered) {
    t.equal((await second.gateway.findCheckout(id)).state, 'open')
    t.equal((await second.gateway.openCheckout(order(key))).id, id)
  }
})

t.test('an event that nobody took is sent again after a SIGKILL', async t => {
  const bodies: string[] = []
  const receiver = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    bodies.push(JSON.parse(body).id)
    response.writeHead(500).end()
    receiver.emit('event')
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  t.teardown(() => {
    receiver.closeAllConnections()
    receiver.close()
  })
  const address = receiver.address()
  if (typeof address !== 'object' || address === null) throw new Error('The receiver does not listen')
  const url = `http://127.0.0.1:${address.port}/`
  const dataDir = t.testdir()
  const first = await startVictim(t, dataDir, url)
  const { id } = await first.gateway.openCheckout(order('k'))
  const refused = once(receiver, 'event')
  await first.gateway.expireCheckout(id)
  await refused
  await first.kill()
  const second = await openStripe(t, { dataDir })
  await second.simulator.faults.eventsAreDone()
  t.ok(bodies.length >= 1)
  t.match(second.events, [{ id: bodies[0], type: 'checkout.session.expired', object: id }])
  t.equal(second.events.length, 1)
})

t.test('a restart knows sessions, payments and refunds, and sends no event twice that was taken', async t => {
  const dataDir = t.testdir()
  const clock = ownClock()
  const first = await openStripe(t, { dataDir, clock })
  const { id, url } = await first.open()
  await first.submit(url ?? '')
  const paid = await first.gateway.findCheckout(id)
  const refund = await first.gateway.refund({
    key: 'r',
    payment: paid.payment ?? '',
    amount: { amount: 100, currency: 'USD' },
    reference: 'r'
  })
  await first.simulator.faults.eventsAreDone()
  t.equal(first.events.length, 2)
  await first.stop()
  const second = await openStripe(t, { dataDir, clock })
  t.same(await second.gateway.findCheckout(id), paid)
  t.same(await second.gateway.findRefund(refund.id), refund)
  await second.simulator.faults.eventsAreDone()
  t.same(second.events, [])
})

t.test('a line that was cut off is dropped; a damaged one stops the start with a sentence', async t => {
  const dataDir = t.testdir()
  const store = openStripeStore(dataDir)
  const refund = {
    payment: 'pi_1',
    status: 'pending',
    amount: 1,
    currency: 'usd',
    reason: null,
    metadata: {},
    created: 1
  } as const
  await store.commit({ refunds: [{ id: 're_1', ...refund }] })
  await store.close()
  const file = join(dataDir, 'stripe', 'journal.jsonl')
  await appendFile(file, '{"refunds":[{"id":"re_2","pay')
  const again = openStripeStore(dataDir)
  t.same([...again.state.refunds.keys()], ['re_1'])
  await again.commit({ refunds: [{ id: 're_3', ...refund }] })
  await again.close()
  const third = openStripeStore(dataDir)
  t.same([...third.state.refunds.keys()], ['re_1', 're_3'])
  await third.close()
  await writeFile(file, `{"refunds":[{"id":1}]}\n${await readFile(file, 'utf8')}`)
  t.throws(() => openStripeStore(dataDir), /^Line 1 of .+ is damaged/)
})
