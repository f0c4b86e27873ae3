import { timingSafeEqual } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import { readiness } from './installation.ts'
import type { Deps } from './kernel/deps.ts'
import { notFound } from './kernel/problem.ts'
import { makeMetrics } from './metrics.ts'

interface Options {
  deps: Deps
  /** What a scraper sends as a bearer token; without one only this machine is answered. */
  metricsToken?: string | undefined
  /** Aborted when the process has been told to stop: it still answers, and says that nobody else should be sent here. */
  stopping?: AbortSignal | undefined
  /** The process began on an unconfirmed copy and holds back, whatever was confirmed since. */
  heldBack?: boolean | undefined
}

const options = { config: { may: 'operate the service', machine: true }, schema: { hide: true } } as const

/** For operators: whether the process lives, whether it can serve, and its numbers. */
const routes: FastifyPluginAsync<Options> = async (app, { deps, metricsToken, stopping, heldBack }) => {
  const metrics = makeMetrics(deps)
  app.addHook('onResponse', async ({ method, routeOptions }, { elapsedTime, statusCode: status }) => {
    metrics.answered({ method, route: routeOptions.url ?? 'unknown', status, seconds: elapsedTime / 1000 })
  })

  app.get('/livez', options, async () => ({ live: true }))

  app.get('/readyz', options, async (request, reply) => {
    const checks = await inTime(readiness(deps)).catch(error => {
      request.log.error({ err: error }, 'The database does not answer')
      return undefined
    })
    const closing = stopping?.aborted ?? false
    const original = checks?.original === true && heldBack !== true
    const ready = checks !== undefined && !closing && checks.writable && checks.migrated && checks.keys && original
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ready, database: checks !== undefined, closing, ...(checks && { ...checks, original }) })
  })

  app.get('/metrics', options, async (request, reply) => {
    if (!mayScrape(request, metricsToken)) throw notFound('There is nothing at this address')
    return reply.type(metrics.contentType).send(await metrics.read())
  })
}

export const operationRoutes = plugin(routes, { name: 'operation' })

/** Whoever asks whether we are ready does not wait for a database that hangs. */
const readinessMs = 3_000

async function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = new AbortController()
  const timeout = pause(readinessMs, undefined, { signal: late.signal }).then(() => {
    throw new Error(`The database has not answered for ${readinessMs} ms`)
  })
  try {
    return await Promise.race([answer, timeout])
  } finally {
    late.abort()
    timeout.catch(() => {}) // aborted, because the answer came
  }
}

/** With a token, whoever brings it; without, this machine itself, and nothing that came through a proxy. */
function mayScrape({ headers, socket, hostname }: FastifyRequest, token: string | undefined): boolean {
  if (token) {
    const [given, wanted] = [Buffer.from(headers.authorization ?? ''), Buffer.from(`Bearer ${token}`)]
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  }
  return isLoopback(socket.remoteAddress ?? '') && isLoopback(hostname) && !Object.keys(headers).some(isOfProxy)
}

/**
 * A proxy on this machine comes from here too. It brings the host that was asked for, because that chooses the practice,
 * and says for whom it asks: by RFC 7239, by RFC 9110 (7.6.3), or in one of the manners from before.
 */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^(::ffff:)?127\.[\d.]+$/.test(host)
}

function isOfProxy(header: string): boolean {
  return header === 'forwarded' || header === 'via' || header === 'x-real-ip' || header.startsWith('x-forwarded-')
}
