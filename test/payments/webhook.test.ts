import Stripe from 'stripe'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { makeLog } from '../../src/kernel/log.ts'
import { stripeGateway } from '../../src/payments/stripe.ts'
import { open } from '../support/open.ts'

const secret = 'whsec_of_the_test'

t.test(
  'a signed event about what has no id is taken and ignored, with one line, so that it is not sent for days',
  async t => {
    const lines: string[] = []
    const { deps, client } = await open(t, { log: makeLog('trace', { write: line => lines.push(line) }) })
    const { readEvent } = stripeGateway({ secretKey: 'sk_test_x', webhookSecrets: [secret] })
    const app = await buildApp(
      { ...deps, gateway: { ...deps.gateway, readEvent } },
      { checkoutOrigin: 'https://pay.invalid' }
    )
    t.teardown(() => app.close())
    const send = (object: object, signedBy = secret) => {
      const payload = JSON.stringify({ id: 'evt_1', object: 'event', type: 'balance.available', data: { object } })
      const headers = {
        host: 'localhost:3000',
        'content-type': 'application/json',
        'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload, secret: signedBy })
      }
      return app.inject({ method: 'POST', url: '/stripe/webhook', payload, headers })
    }
    const balance = { object: 'balance', available: [] }
    t.equal((await send(balance, 'whsec_other')).statusCode, 400, 'one that Stripe did not sign')
    t.equal((await send(balance)).statusCode, 200)
    t.equal(lines.filter(line => line.includes('evt_1')).length, 1)
    t.same(await client`select id from stripe_events`, [])
    t.equal((await send({ id: 'cs_1', object: 'checkout.session' })).statusCode, 200)
    t.match(await client`select id from stripe_events`, [{ id: 'evt_1' }])
  }
)
