import t from 'tap'
import { openStripe } from '../support/stripe.ts'

const demonstration = 'This is a demonstration: no mail leaves this machine, no card is charged.'

t.test(
  'the payment page says what is paid, offers a test card and the way back, and lets its form lead on',
  async t => {
    const { open } = await openStripe(t)
    const { url } = await open({ displayName: 'T. & <Rooms>' })
    const page = await fetch(url ?? '')
    const html = await page.text()
    t.equal(page.status, 200)
    for (const part of [
      demonstration,
      'T. &amp; &lt;Rooms',
      'Appointment',
      '$400',
      'value="4242 4242 4242 4242"',
      'href="http://localhost:3000/b/booking-1"'
    ])
      t.ok(html.includes(part), part)
    t.notOk(/<script|style=/.test(html), 'no script, no style of its own')
    const policy = page.headers.get('content-security-policy') ?? ''
    t.ok(policy.includes("form-action 'self' http://localhost:3000;"))
    t.ok(policy.includes("style-src 'self';"))
  }
)

t.test('a declined card is told, nothing is charged, and another card pays the same session once', async t => {
  const { open, submit, gateway, sdk } = await openStripe(t)
  const { id, url = '' } = await open()
  const declined = await submit(url ?? '', { card: '4000 0000 0000 0002' })
  t.equal(declined.status, 303)
  t.ok((await (await fetch(url ?? '')).text()).includes('Your card was declined'))
  const open1 = await gateway.findCheckout(id)
  t.match(open1, { state: 'open', paid: false })
  const intent = await sdk.paymentIntents.retrieve(open1.payment ?? '')
  t.match(intent, {
    status: 'requires_payment_method',
    amount_received: 0,
    last_payment_error: { code: 'card_declined', decline_code: 'generic_decline' }
  })
  await submit(url ?? '')
  const paid = await gateway.findCheckout(id)
  t.match(paid, { state: 'complete', paid: true, payment: intent.id })
  t.match(await sdk.paymentIntents.retrieve(intent.id), { status: 'succeeded', amount_received: 40_000 })
})

t.test('a form that is sent twice pays once', async t => {
  const { open, submit, events, simulator } = await openStripe(t)
  const { url } = await open()
  const answers = await Promise.all(Array.from({ length: 20 }, () => submit(url ?? '')))
  t.ok(answers.every(({ status }) => status === 303))
  await simulator.faults.eventsAreDone()
  t.equal(events.length, 1)
})

t.test('a card that must be confirmed pays only after the confirmation', async t => {
  const { open, submit, gateway } = await openStripe(t)
  const { id, url } = await open()
  const confirm = `${url}/confirm`
  t.equal((await submit(confirm, { answer: 'yes' })).headers.get('location'), new URL(url ?? '').pathname)
  for (const [answer, state] of [
    ['no', 'open'],
    ['yes', 'complete']
  ] as const) {
    const asked = await submit(url ?? '', { card: '4000002500003155' })
    t.equal(asked.headers.get('location'), new URL(confirm).pathname)
    t.match(await gateway.findCheckout(id), { state: 'open', paid: false })
    t.ok((await (await fetch(confirm)).text()).includes('Your bank asks'))
    await submit(confirm, { answer })
    t.match(await gateway.findCheckout(id), { state })
  }
})

t.test('a number that is no test card is refused and shown to nobody', async t => {
  const { open, submit, gateway } = await openStripe(t)
  const { id, url } = await open()
  const answer = await submit(url ?? '', { card: '5555 5555 5555 4444' })
  const html = await answer.text()
  t.equal(answer.status, 422)
  t.ok(html.includes('test cards only'))
  t.notOk(html.includes('5555'))
  t.match(await gateway.findCheckout(id), { state: 'open', payment: null })
})

t.test('what is paid, over or unknown says so', async t => {
  const { open, submit, gateway, apiBase } = await openStripe(t)
  const [paid, over] = [await open(), await open()]
  await submit(paid.url ?? '')
  await gateway.expireCheckout(over.id)
  t.ok((await (await fetch(paid.url ?? '')).text()).includes('Already paid'))
  const expired = await (await fetch(over.url ?? '')).text()
  t.ok(expired.includes('This page has expired') && expired.includes('href="http://localhost:3000/b/booking-1"'))
  t.equal((await submit(over.url ?? '')).status, 303)
  t.match(await gateway.findCheckout(over.id), { state: 'expired', paid: false })
  const unknown = await fetch(`${apiBase}/pay/cs_no`)
  t.equal(unknown.status, 404)
  t.ok((await unknown.text()).includes('No such payment'))
})

t.test('the list shows payments and refunds', async t => {
  const { open, submit, gateway, apiBase } = await openStripe(t)
  t.ok((await (await fetch(apiBase)).text()).includes('Nobody was sent here to pay yet.'))
  const { id, url } = await open()
  await submit(url ?? '')
  const { payment } = await gateway.findCheckout(id)
  const amount = { amount: 12_350, currency: 'USD' }
  const refund = await gateway.refund({ key: 'r', payment: payment ?? '', amount, reference: 'r' })
  const html = await (await fetch(apiBase)).text()
  for (const part of [demonstration, '$400', 'card ending in 4242', '$123.50', 'Sent back', refund.id])
    t.ok(html.includes(part), part)
})
