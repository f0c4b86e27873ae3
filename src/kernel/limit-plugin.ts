import { normalizeIP } from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { Deps } from './deps.ts'
import { limiter } from './limiter.ts'
import { problem } from './problem.ts'

/** What is counted by network address, and over how many minutes. Its number is the setting of the same name. */
const counted = { bookings: 1, quotes: 1, windows: 1, answers: 1, signIns: 15 } as const
export type CountedByAddress = keyof typeof counted

declare module 'fastify' {
  interface FastifyContextConfig {
    /** By which of the settings' limits requests of one network address are counted. */
    limit?: CountedByAddress
  }
}

export const tooMany = problem('too-many', 429, 'Too many requests from here')

const turns = new WeakMap<FastifyRequest, () => void>()

/**
 * Refuses a network address that asks too often, before anything else is asked of the request. Routes of one limit share
 * it. Whoever signs in has not spent a try: only sign-ins that fail are counted.
 * @throws too-many with Retry-After
 */
export const limitPlugin = plugin<{ deps: Pick<Deps, 'now' | 'settings'> }>(async (app, { deps }) => {
  const { now, settings } = deps
  const make = (name: CountedByAddress) => limiter(now, settings.limits[name], counted[name])
  const limiters = {
    bookings: make('bookings'),
    quotes: make('quotes'),
    windows: make('windows'),
    answers: make('answers'),
    signIns: make('signIns')
  }
  app.addHook('onRequest', async request => {
    const { limit } = request.routeOptions.config
    if (!limit) return
    // An IPv6 network of 64 bits is one address: whoever has one of them has them all.
    const { wait, giveBack } = limiters[limit].take(normalizeIP(request.ip))
    if (!giveBack) throw tooMany(`Wait ${wait} seconds, then ask again`, { retryAfter: wait })
    turns.set(request, giveBack)
  })
  app.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.config.limit === 'signIns' && reply.statusCode < 400) giveBackTurn(request)
  })
})

/** For a request that cost next to nothing: it does not count. */
export function giveBackTurn(request: FastifyRequest): void {
  turns.get(request)?.()
  turns.delete(request)
}

/** For an answer that says neither yes nor no: it counts like a no. */
export function keepTurn(request: FastifyRequest): void {
  turns.delete(request)
}
