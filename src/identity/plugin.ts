import cookie from '@fastify/cookie'
import jwt from '@fastify/jwt'
import type { FastifyRequest, RouteOptions } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { Deps } from '../kernel/deps.ts'
import { problem } from '../kernel/problem.ts'
import { type Action, type Actor, mustMay } from './actor.ts'
import { originOf } from './origin.ts'
import type { PracticeScope } from './practice.ts'
import { resolveActor } from './resolve-actor.ts'
import { practiceScopes } from './scope.ts'
import { findVisit, formTokenField, isFormToken, keepSignedIn, startVisit } from './visit.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The practice that the Host header chose. */
    readonly scope: PracticeScope
    /** Who asks. */
    readonly actor: Actor
  }
  interface FastifyContextConfig {
    /** What the caller must be allowed to do: an action of identity's table. Every route says it. */
    may?: Action
    /** Called by other machines (Stripe, health checks): any host, no visitor, no cookie and no form. */
    machine?: true
    /** Whoever has the address may ask: of a practice, but no token and no cookie is read or given. */
    unasked?: true
  }
}

export const crossSite = problem('cross-site', 403, 'This did not come from one of our pages')

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Seconds after which a page's cookie is signed anew. */
const slideSeconds = 60

/** Sets `request.scope` and `request.actor`, and refuses who may not and what comes from a foreign page. Brings the cookies. */
export const identityPlugin = fastifyPlugin<{ deps: Deps }>(
  async (app, { deps }) => {
    await app.register(cookie)
    const pinned = { algorithm: 'HS256' } as const
    await app.register(jwt, { secret: deps.secrets.derive('jwt'), sign: pinned, verify: { algorithms: ['HS256'] } })
    const scopes = practiceScopes(deps)

    app.decorateRequest('scope', {
      getter(this: FastifyRequest) {
        const visit = findVisit(this)
        if (!visit) throw new Error('A route for machines belongs to no practice')
        return visit.scope
      }
    })
    app.decorateRequest('actor', {
      getter(this: FastifyRequest): Actor {
        return findVisit(this)?.actor ?? { kind: 'anonymous' }
      }
    })

    const routes: RouteOptions[] = []
    app.addHook('onRoute', route => {
      routes.push(route)
    })
    // Looked at when all are known, because a feature may say it for its routes in a hook of its own.
    app.addHook('onReady', async () => {
      const silent = routes.find(({ config }) => !config?.may)
      if (silent) throw new Error(`The route ${silent.method} ${silent.url} does not say who may use it`)
    })

    app.addHook('onRequest', async (request, reply) => {
      const { may, machine, unasked } = request.routeOptions.config
      if (machine) return
      const scope = await scopes.forHost(request.host)
      const { signed, ...known } = await resolveActor(deps, scope, app.jwt, {
        authorization: unasked ? undefined : request.headers.authorization,
        cookies: unasked ? {} : request.cookies,
        booking: bookingIn(request.params),
        action: may
      })
      startVisit(request, { deps, reply, scope, ...known })
      if (may) mustMay(known.actor, may)
      if (known.by === 'cookie' && signed) {
        const isOld = deps.now().diff(signed.issuedAt).as('seconds') >= slideSeconds
        if (isOld) keepSignedIn(request, signed.session)
      }
    })

    // After the body is read, because an old browser's proof stands in it; before it is checked, because it does not belong to it.
    app.addHook('preValidation', async request => {
      const token = takeFormToken(request)
      if (!mustBeOurs(request)) return
      const origin = originOf(request.headers, request.host)
      if (origin === 'own' || (origin === 'unknown' && isFormToken(request, token))) return
      throw crossSite('Open the page again and send its form from there')
    })

    // RFC 9110, 11.6.1: a 401 names the way to sign in.
    app.addHook('onSend', async (request, reply) => {
      if (reply.statusCode !== 401) return
      reply.header('www-authenticate', findVisit(request)?.refused ? 'Bearer error="invalid_token"' : 'Bearer')
    })
  },
  { name: 'identity', fastify: '5.x' }
)

/**
 * A browser sends its cookies along wherever a request comes from, and every page's form acts for its browser; but where no
 * cookie is read, whoever has the address may do all that can be done there.
 */
function mustBeOurs(request: FastifyRequest): boolean {
  const visit = findVisit(request)
  if (!visit || request.is404 || request.routeOptions.config.unasked || safeMethods.has(request.method)) return false
  if (request.headers.authorization !== undefined) return false
  return visit.by === 'cookie' || !isApi(request.routeOptions.url)
}

function takeFormToken({ body, routeOptions }: FastifyRequest): unknown {
  if (isApi(routeOptions.url) || typeof body !== 'object' || body === null || !(formTokenField in body))
    return undefined
  const token = body[formTokenField]
  Reflect.deleteProperty(body, formTokenField)
  return token
}

const isApi = (url = '') => url.startsWith('/api/')

/** A path names its booking as `:booking`, or as `:id` where the booking is what it is about. */
function bookingIn(params: unknown): unknown {
  if (typeof params !== 'object' || params === null) return undefined
  return 'booking' in params ? params.booking : 'id' in params ? params.id : undefined
}
