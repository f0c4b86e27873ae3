import Stripe from 'stripe'
import t, { type Test } from 'tap'
import { openStripe, secretKey } from '../support/stripe.ts'

const at = (minutes: number, now = Date.UTC(2027, 1, 1, 12)) => now / 1000 + minutes * 60
const session = {
  mode: 'payment',
  ui_mode: 'hosted_page',
  allowed_payment_method_types: ['card'],
  line_items: [
    { quantity: 1, price_data: { currency: 'usd', unit_amount: 40_000, product_data: { name: 'Appointment' } } }
  ],
  client_reference_id: 'a',
  metadata: { attempt: 'a' },
  customer_email: 'jo@example.com',
  expires_at: at(31),
  wallet_options: { link: { display: 'never' } },
  branding_settings: { display_name: 'T. Rooms' },
  success_url: 'http://localhost:3000/x/a'
} as const satisfies Stripe.Checkout.SessionCreateParams

/** What Stripe's error says, without its sentence. */
async function errorOf(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    error => error
  )
  if (!(error instanceof Stripe.errors.StripeError)) throw new Error(`The call was not refused: ${error}`)
  const { statusCode, rawType: type, code, param, message } = error
  return { statusCode, type, code, param, message }
}

t.test('what the library may send and Stripe refuses is refused alike, with the name of the parameter', async t => {
  const { sdk } = await openStripe(t)
  const refused = async (params: object, error: object, name: string) => {
    const wrong = sdk.checkout.sessions.create({ ...session, ...params })
    t.match(await errorOf(wrong), { statusCode: 400, type: 'invalid_request_error', ...error }, name)
  }
  await refused({ ui_mode: 'hosted' }, { param: 'ui_mode', message: /^Invalid ui_mode: must be one of/ }, 'ui_mode')
  await refused({ mode: 'pay' }, { param: 'mode', message: /^Invalid mode: must be one of/ }, 'mode')
  const unknown = { code: 'parameter_unknown', param: 'payment_method_types' }
  await refused({ payment_method_types: ['card'] }, unknown, 'payment_method_types')
  await refused({ receipt_email: 'a@example.com' }, { code: 'parameter_unknown' }, 'receipt_email')
  const cards = { param: 'allowed_payment_method_types[0]' }
  await refused({ allowed_payment_method_types: ['cards'] }, cards, 'allowed_payment_method_types')
  await refused({ mode: undefined }, { code: 'parameter_missing', param: 'mode' }, 'no mode')
  await refused({ line_items: undefined }, { code: 'parameter_missing', param: 'line_items' }, 'no line items')
  await refused({ success_url: 'nowhere' }, { code: 'url_invalid', param: 'success_url' }, 'success_url')
  await refused({ customer_email: 'jo' }, { code: 'email_invalid', param: 'customer_email' }, 'customer_email')
  await refused({ client_reference_id: '' }, { code: 'parameter_invalid_empty' }, 'an empty reference')
  const suffix = { param: 'payment_intent_data[statement_descriptor_suffix]' }
  for (const wrong of ['123', 'TIR*OFFICE', "JO'S OFFICE", 'BÜRO', 'AN OFFICE OF 23 LETTERS'])
    await refused({ payment_intent_data: { statement_descriptor_suffix: wrong } }, suffix, wrong)
  const whole = { code: 'parameter_unknown', param: 'payment_intent_data[statement_descriptor]' }
  await refused({ payment_intent_data: { statement_descriptor: 'TIR OFFICE' } }, whole, 'a descriptor of its own')
  const item = { quantity: 1, price_data: { currency: 'usd', unit_amount: 4.5, product_data: { name: 'Appointment' } } }
  const amount = 'line_items[0][price_data][unit_amount]'
  await refused({ line_items: [item] }, { code: 'parameter_invalid_integer', param: amount }, 'half a cent')
  const small = { ...item, price_data: { ...item.price_data, unit_amount: 49 } }
  await refused({ line_items: [small] }, { code: 'amount_too_small' }, 'less than can be charged')
  for (const [currency, unit_amount] of [
    ['isk', 1_234_550] as const,
    ['ugx', 150] as const,
    ['kwd', 12_345] as const
  ]) {
    const fractional = { ...item, price_data: { ...item.price_data, currency, unit_amount } }
    await refused({ line_items: [fractional] }, { code: 'invalid_charge_amount_no_decimal_compatible' }, currency)
  }
})

t.test('a session is open between 30 minutes and 24 hours', async t => {
  const { sdk } = await openStripe(t)
  for (const expires_at of [at(29), at(24 * 60 + 1), at(-5)])
    t.match(await errorOf(sdk.checkout.sessions.create({ ...session, expires_at })), {
      statusCode: 400,
      param: 'expires_at'
    })
  for (const expires_at of [at(30), at(24 * 60)])
    t.match(await sdk.checkout.sessions.create({ ...session, expires_at }), { status: 'open', expires_at })
})

t.test('a session says everything back that it was told', async t => {
  const { sdk, apiBase } = await openStripe(t)
  const { mode, ui_mode, client_reference_id, metadata, customer_email, success_url, ...made } =
    await sdk.checkout.sessions.create(session)
  t.match(session, { mode, ui_mode, client_reference_id, metadata, customer_email, success_url })
  t.match(made, {
    object: 'checkout.session',
    amount_total: 40_000,
    currency: 'usd',
    payment_status: 'unpaid',
    livemode: false
  })
  t.equal(made.url, `${apiBase}/pay/${made.id}`)
  t.same(await sdk.checkout.sessions.retrieve(made.id).then(({ id, url }) => ({ id, url })), {
    id: made.id,
    url: made.url
  })
})

t.test('a wrong key is 401, another version 400, an unknown object and an unknown address 404', async t => {
  const { sdk, apiBase } = await openStripe(t)
  const get = async (path: string, headers: Record<string, string>) => {
    const answer = await fetch(`${apiBase}${path}`, { headers })
    return { status: answer.status, ...(await answer.json()) }
  }
  const right = { authorization: `Bearer ${secretKey}` }
  const wrong = await get('/v1/refunds/re_1', { authorization: 'Bearer sk_test_another_key' })
  t.match(wrong, {
    status: 401,
    error: { type: 'invalid_request_error', message: /^Invalid API Key provided: sk_test_\*+_key$/ }
  })
  t.match(await get('/v1/refunds/re_1', {}), { status: 401, error: { message: /^You did not provide an API key/ } })
  t.match(await get('/v1/refunds/re_1', { ...right, 'stripe-version': '2019-01-01' }), { status: 400 })
  t.match(await get('/v1/customers', right), { status: 404, error: { message: /^Unrecognized request URL \(GET: / } })
  const missing = { statusCode: 404, type: 'invalid_request_error', code: 'resource_missing' }
  t.match(await errorOf(sdk.checkout.sessions.retrieve('cs_no')), { ...missing, param: 'session' })
  t.match(await errorOf(sdk.checkout.sessions.expire('cs_no')), { ...missing, param: 'session' })
  t.match(await errorOf(sdk.paymentIntents.retrieve('pi_no')), { ...missing, param: 'intent' })
  t.match(await errorOf(sdk.refunds.retrieve('re_no')), { ...missing, param: 'refund' })
  t.match(await errorOf(sdk.refunds.create({ payment_intent: 'pi_no' })), { ...missing, param: 'payment_intent' })
})

t.test('only an open session can be expired', async t => {
  const { sdk, open, submit } = await openStripe(t)
  const { id, url } = await open()
  await submit(url ?? '')
  t.match(await errorOf(sdk.checkout.sessions.expire(id)), { statusCode: 400, message: /has a status of complete/ })
})

t.test('no more goes back than was paid', async t => {
  const { sdk, payment_intent } = await paid(t)
  t.match(await sdk.refunds.create({ payment_intent, amount: 30_000 }), { status: 'succeeded', amount: 30_000 })
  const tooMuch = await errorOf(sdk.refunds.create({ payment_intent, amount: 10_001 }))
  t.match(tooMuch, {
    statusCode: 400,
    param: 'amount',
    message: 'Refund amount ($100.01) is greater than unrefunded amount on charge ($100)'
  })
  t.match(await sdk.refunds.create({ payment_intent }), { amount: 10_000 }, 'the rest')
  t.match(await errorOf(sdk.refunds.create({ payment_intent })), { statusCode: 400, code: 'charge_already_refunded' })
})

t.test('a key gives the same answer again, of a refusal too, and none to other parameters', async t => {
  const { sdk, payment_intent, apiBase, clock } = await paid(t)
  const refund = (amount: number, key = 'k') => sdk.refunds.create({ payment_intent, amount }, { idempotencyKey: key })
  const first = await refund(100)
  t.equal((await refund(100)).id, first.id)
  t.match(await errorOf(refund(101)), { statusCode: 400, type: 'idempotency_error' })
  t.match(await errorOf(refund(50_000, 'too much')), { param: 'amount' })
  const again = await fetch(`${apiBase}/v1/refunds`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secretKey}`, 'idempotency-key': 'too much' },
    body: new URLSearchParams({ amount: '50000', payment_intent })
  })
  t.match([again.status, again.headers.get('idempotent-replayed')], [400, 'true'])
  clock.move({ hours: 25 })
  t.not((await refund(100)).id, first.id, 'a day later the key is forgotten')
})

t.test('what failed its check began nothing: its key may carry the right parameters', async t => {
  const { sdk } = await openStripe(t)
  const wrong = sdk.checkout.sessions.create({ ...session, success_url: 'nowhere' }, { idempotencyKey: 'k' })
  t.match(await errorOf(wrong), { code: 'url_invalid' })
  t.match(await sdk.checkout.sessions.create(session, { idempotencyKey: 'k' }), { status: 'open' })
})

t.test('an answer that is an error of the server is one in shape', async t => {
  const { sdk, simulator } = await openStripe(t)
  simulator.faults.fail(1)
  t.match(await errorOf(sdk.refunds.retrieve('re_1')), { statusCode: 500, type: 'api_error' })
})

async function paid(t: Test) {
  const { open, submit, ...rest } = await openStripe(t)
  const { id, url } = await open()
  await submit(url ?? '')
  const { payment } = await rest.gateway.findCheckout(id)
  return { ...rest, payment_intent: payment ?? '' }
}
