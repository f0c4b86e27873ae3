import { createHash } from 'node:crypto'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { type Bench, expireDue, seconds } from './stripe-bench.ts'
import { type Form, readForm } from './stripe-form.ts'
import { createRefund, listRefunds, retrievePayment, retrieveRefund } from './stripe-refunds.ts'
import { invalid, otherParameters, ownFault, StripeRefusal, unrecognized, wrongKey } from './stripe-refusal.ts'
import { simulatedVersion } from './stripe-requests.ts'
import { createSession, expireSession, type Outcome, retrieveSession } from './stripe-sessions.ts'
import { type Replay, stripeId } from './stripe-state.ts'
import { account } from './stripe-wire.ts'

type Call = (bench: Bench, form: Form, id: string) => Outcome

const calls: readonly ['GET' | 'POST', string, Call][] = [
  ['POST', '/v1/checkout/sessions', createSession],
  ['GET', '/v1/checkout/sessions/:id', retrieveSession],
  ['POST', '/v1/checkout/sessions/:id/expire', expireSession],
  ['GET', '/v1/account', () => ({ object: account, changes: {} })],
  ['GET', '/v1/payment_intents/:id', retrievePayment],
  ['POST', '/v1/refunds', createRefund],
  ['GET', '/v1/refunds', listRefunds],
  ['GET', '/v1/refunds/:id', retrieveRefund]
]

const config = { may: 'use the sandbox', machine: true } as const
/** Seconds that a key is remembered: https://docs.stripe.com/api/idempotent_requests */
const keyLife = 24 * 60 * 60

/** The part of https://docs.stripe.com/api that the house uses. */
export function apiRoutes(bench: Bench, secretKey: string): FastifyPluginAsync {
  return async app => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    app.setErrorHandler(async (error, request, reply) => {
      if (error instanceof StripeRefusal) return answer(request, reply, error.status, error.body)
      request.log.error({ err: error }, 'The Stripe simulator failed')
      return answer(request, reply, 500, ownFault().body)
    })
    for (const [method, url, call] of calls)
      app.route<{ Params: { id?: string } }>({
        method,
        url,
        config,
        schema: { hide: true },
        handler: async (request, reply) => {
          authenticate(request, secretKey)
          if (bench.faults.failing > 0) {
            bench.faults.failing -= 1
            throw ownFault()
          }
          await expireDue(bench)
          const done = perform(bench, request, call)
          await done.saved
          if (method === 'POST' && bench.faults.lost > 0) {
            bench.faults.lost -= 1
            reply.hijack()
            reply.raw.destroy()
            return reply
          }
          if (done.replayed) reply.header('idempotent-replayed', 'true')
          return answer(request, reply, done.status, done.body)
        }
      })
    app.all('/v1/*', { config, schema: { hide: true } }, async request => {
      authenticate(request, secretKey)
      throw unrecognized(request.method, request.url)
    })
  }
}

/** Decides and changes without a pause, so that two calls never see each other half done; `saved` is when it is for good. */
function perform(bench: Bench, request: FastifyRequest<{ Params: { id?: string } }>, call: Call) {
  const { state, settled } = bench.store
  const text = typeof request.body === 'string' ? request.body : ''
  const key = request.method === 'POST' ? headerOf(request, 'idempotency-key') : undefined
  const print = fingerprint(request, text)
  const known = key === undefined ? undefined : state.replays.get(key)
  if (key && known && known.created + keyLife > seconds(bench)) {
    if (known.request !== print) throw otherParameters(key)
    return { status: known.status, body: known.body, saved: settled(), replayed: true }
  }
  const done = attempt(() => call(bench, formOf(request, text), request.params.id ?? ''))
  const replay: Replay | undefined = key
    ? { id: key, request: print, status: done.status, body: done.body, created: seconds(bench) }
    : undefined
  const isRead = Object.keys(done.changes).length === 0 && !replay
  const saved = isRead ? settled() : bench.save({ ...done.changes, ...(replay && { replays: [replay] }) })
  return { status: done.status, body: done.body, saved, replayed: false }
}

/** A refusal of what had begun is an answer like any other; the rest changed nothing and is remembered by no key. */
function attempt(call: () => Outcome) {
  try {
    const { object, changes } = call()
    return { status: 200, body: JSON.stringify(object), changes }
  } catch (error) {
    if (!(error instanceof StripeRefusal) || !error.begun) throw error
    return { status: error.status, body: error.body, changes: {} }
  }
}

function authenticate(request: FastifyRequest, secretKey: string): void {
  const given = headerOf(request, 'authorization')?.replace(/^Bearer /, '')
  if (given !== secretKey) throw wrongKey(given)
  const version = headerOf(request, 'stripe-version')
  if (version !== undefined && version !== simulatedVersion) throw invalid(`Invalid Stripe API version: ${version}`)
}

function formOf(request: FastifyRequest, text: string): Form {
  return readForm(request.method === 'POST' ? text : (request.url.split('?')[1] ?? ''))
}

function fingerprint({ method, url }: FastifyRequest, text: string): string {
  const parameters = new URLSearchParams(text)
  parameters.sort()
  return createHash('sha256').update(`${method} ${url}\n${parameters}`).digest('base64url')
}

function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

function answer(request: FastifyRequest, reply: FastifyReply, status: number, body: string): FastifyReply {
  const key = headerOf(request, 'idempotency-key')
  if (key) reply.header('idempotency-key', key)
  return reply
    .code(status)
    .headers({ 'request-id': stripeId('req'), 'stripe-version': simulatedVersion, 'cache-control': 'no-store' })
    .type('application/json')
    .send(body)
}
