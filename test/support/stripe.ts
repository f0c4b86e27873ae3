import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import Stripe from 'stripe'
import type { Test } from 'tap'
import { GatewayError, type GatewayEvent, type PaymentGateway } from '../../src/payments/gateway.ts'
import { stripeGateway } from '../../src/payments/stripe.ts'
import { clientAt } from '../../src/payments/stripe-client.ts'
import { type StripeSimulator, stripeSimulator } from '../../src/sandbox/stripe.ts'
import { type OwnClock, ownClock } from './clock.ts'

export const secretKey = 'sk_test_0123456789abcdef'
export const webhookSecret = 'whsec_of_the_test'

export interface OwnStripe {
  gateway: PaymentGateway
  /** The official library itself, for what the port does not offer. */
  sdk: Stripe
  simulator: StripeSimulator
  clock: OwnClock
  /** Events whose signature was right, in the order of their arrival, repeated ones too. */
  events: GatewayEvent[]
  /** The receiver answers this from now on. */
  answerEvents(status: number): void
  apiBase: string
  /** Opens a Checkout of 400 dollars, or of what is told. */
  open(more?: Partial<Parameters<PaymentGateway['openCheckout']>[0]>): ReturnType<PaymentGateway['openCheckout']>
  /** Sends the payment page's form, as a browser without JavaScript would. */
  submit(url: string, fields?: Record<string, string>): Promise<Response>
  /** Stops the server and the simulator, as a shutdown does. */
  stop(): Promise<void>
}

/** The simulator on an origin of its own under a path prefix, the gateway that talks to it, and a receiver of its events. */
export async function openStripe(
  t: Test,
  { dataDir, clock = ownClock() }: { dataDir?: string; clock?: OwnClock } = {}
): Promise<OwnStripe> {
  const events: GatewayEvent[] = []
  let status = 200
  const receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    events.push(gateway.readEvent(Buffer.concat(chunks), request.headers['stripe-signature']))
    response.writeHead(status).end()
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const server = fastify({ forceCloseConnections: true })
  const simulator = stripeSimulator({
    ...(dataDir && { dataDir }),
    secretKey,
    webhookSecret,
    webhookUrl: () => `http://127.0.0.1:${portOf(receiver)}/stripe/webhook`,
    publicUrl: () => apiBase,
    now: clock.now
  })
  await server.register(simulator.plugin, { prefix: '/sandbox/stripe' })
  let apiBase = ''
  apiBase = `${await server.listen({ host: '127.0.0.1', port: 0 })}/sandbox/stripe`
  const gateway = stripeGateway({ secretKey, webhookSecrets: [webhookSecret], apiBase, retries: 0 })
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= simulator.close().then(async () => {
      await server.close()
      receiver.closeAllConnections()
      receiver.close()
    })
    return stopped
  }
  t.teardown(stop)
  let opened = 0
  return {
    gateway,
    sdk: sdkAt(apiBase),
    simulator,
    clock,
    events,
    apiBase,
    stop,
    answerEvents(next) {
      status = next
    },
    open(more) {
      opened += 1
      return gateway.openCheckout({
        key: `checkout:${opened}`,
        attempt: `attempt-${opened}`,
        amount: { amount: 40_000, currency: 'USD' },
        email: 'jo@example.com',
        expiresAt: clock.now().plus({ minutes: 31 }),
        returnUrl: 'http://localhost:3000/x/attempt-1',
        cancelUrl: 'http://localhost:3000/b/booking-1',
        displayName: 'T. Rooms',
        statement: 'T ROOMS',
        ...more
      })
    },
    submit(url, fields = { card: '4242 4242 4242 4242' }) {
      return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
    }
  }
}

/** The library with no layer of ours above: its errors as they are. */
function sdkAt(apiBase: string): Stripe {
  return new Stripe(secretKey, { maxNetworkRetries: 0, telemetry: false, httpClient: clientAt(apiBase) })
}

/** A bare HTTP answer in Stripe's place, for what the simulator never says. */
export async function openStranger(t: Test, status: number, body: string): Promise<PaymentGateway> {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return stripeGateway({
    secretKey,
    webhookSecrets: [webhookSecret],
    apiBase: `http://127.0.0.1:${portOf(server)}`,
    retries: 0
  })
}

/** How a call was refused. @throws where it was not */
export async function refusalOf(call: Promise<unknown>): Promise<Pick<GatewayError, 'kind' | 'code' | 'message'>> {
  const error = await call.then(
    () => undefined,
    error => error
  )
  if (!(error instanceof GatewayError)) throw new Error(`The call was not refused by the gateway: ${error}`)
  return { kind: error.kind, code: error.code, message: error.message }
}

const portOf = (server: { address(): AddressInfo | string | null }): number => {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server does not listen')
  return address.port
}
