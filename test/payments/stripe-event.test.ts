import Stripe from 'stripe'
import t from 'tap'
import { GatewayError } from '../../src/payments/gateway.ts'
import { stripeGateway } from '../../src/payments/stripe.ts'

const gateway = stripeGateway({ secretKey: 'sk_test_x', webhookSecrets: [' whsec_old\n', '', 'whsec_new'] })
const event = {
  id: 'evt_1',
  object: 'event',
  type: 'refund.updated',
  data: { object: { id: 're_1', object: 'refund' } }
}
const payload = JSON.stringify(event)
const sign = (secret: string, body = payload, timestamp?: number) =>
  Stripe.webhooks.generateTestHeaderString({ payload: body, secret, ...(timestamp !== undefined && { timestamp }) })

t.test('an event is read when any of the secrets signed it, spaces around them left out', async t => {
  for (const secret of ['whsec_old', 'whsec_new'])
    t.same(gateway.readEvent(Buffer.from(payload), sign(secret)), {
      id: 'evt_1',
      type: 'refund.updated',
      object: 're_1'
    })
})

t.test('everything that is wrong with an event is a bad signature', async t => {
  const thin = JSON.stringify({ ...event, object: 'v2.core.event' })
  const bare = JSON.stringify({ ...event, data: {} })
  const minutesAgo = (minutes: number) => Math.floor(Date.now() / 1000) - minutes * 60
  const cases: [string, string, string | string[] | undefined][] = [
    ['no header', payload, undefined],
    ['an empty header', payload, ''],
    ['a header that is no signature', payload, 'hello'],
    ['a list of headers', payload, [sign('whsec_new')]],
    ['another secret', payload, sign('whsec_other')],
    ['an empty secret', payload, 't=1,v1=00'],
    ['another body', payload.replace('re_1', 're_2'), sign('whsec_new')],
    ['no body', '', sign('whsec_new')],
    ['a replay from long ago', payload, sign('whsec_new', payload, minutesAgo(60))],
    ['a thin event', thin, sign('whsec_new', thin)],
    ['no object', bare, sign('whsec_new', bare)],
    ['no JSON', 'hello', sign('whsec_new', 'hello')]
  ]
  for (const [name, body, header] of cases)
    try {
      gateway.readEvent(Buffer.from(body), header)
      t.fail(name)
    } catch (error) {
      t.ok(error instanceof GatewayError && error.kind === 'bad-signature', name)
    }
})

t.test('an event about what has no id is one all the same, about nothing of ours', async t => {
  const body = JSON.stringify({ ...event, type: 'balance.available', data: { object: { object: 'balance' } } })
  t.same(gateway.readEvent(Buffer.from(body), sign('whsec_new', body)), {
    id: 'evt_1',
    type: 'balance.available',
    object: null
  })
})

t.test('without a secret no event is believed', async t => {
  const closed = stripeGateway({ secretKey: 'sk_test_x', webhookSecrets: ['', ' '] })
  t.throws(() => closed.readEvent(Buffer.from(payload), sign('whsec_new')), GatewayError)
})
