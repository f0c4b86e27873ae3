import cookie from '@fastify/cookie'
import jwt from '@fastify/jwt'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { Deps } from '../kernel/deps.ts'
import { signAccess, verifyAccess } from './access-token.ts'
import { type Action, type Actor, mustMay } from './actor.ts'
import { cookieName, cookieOptions } from './cookies.ts'
import { refuseCrossSite } from './cross-site.ts'
import { openLink } from './links.ts'
import type { PracticeScope } from './practice.ts'
import { practiceScopes } from './scope.ts'
import { liveSession } from './session.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The practice that the request is for. */
    scope: PracticeScope
    /** Who asks. */
    actor: Actor
  }
  interface FastifyContextConfig {
    /** The action of identity's table that the route is. */
    may?: Action
  }
}

/** A page's session is renewed once it is a minute old, so that reading on keeps it alive. */
const renewAfterSeconds = 60

/**
 * Every request gets its practice and its actor, and every route must say what it is: a route without `may` does not
 * register, and an actor who may not is refused before the route is reached.
 */
export const identityPlugin = plugin<{ deps: Deps }>(async (app, { deps }) => {
  const scopes = practiceScopes(deps)
  await app.register(cookie)
  await app.register(jwt, {
    secret: deps.secrets.derive('jwt').toString('base64'),
    sign: { algorithm: 'HS256' },
    verify: { algorithms: ['HS256'] }
  })
  app.decorateRequest('scope')
  app.decorateRequest('actor')
  app.addHook('onRoute', ({ url, method, config }) => {
    if (!config?.may) throw new Error(`The route ${method} ${url} does not say who may use it`)
  })
  app.addHook('onRequest', async (request, reply) => {
    const { may } = request.routeOptions.config
    request.actor = { kind: 'anonymous' }
    if (!may || may === 'operate the service') return
    request.scope = await scopes.forHost(request.host)
    const byHeader = await fromHeader(app, deps, request)
    const byCookie = byHeader ?? (await fromCookies(app, deps, request, reply))
    refuseCrossSite(request, byCookie !== undefined)
    if (byCookie) request.actor = byCookie
    mustMay(request.actor, may)
  })
})

/** Authorization: Bearer, RFC 6750. A JWT is staff's; anything else may be the token of a booking. */
async function fromHeader(app: FastifyInstance, deps: Deps, { headers, scope }: FastifyRequest): Promise<Actor | undefined> {
  const token = /^Bearer ([\w.~+/=-]{20,4000})$/i.exec(headers.authorization ?? '')?.[1]
  if (!token) return undefined
  return token.includes('.') ? (await staff(app, deps, scope, token))?.actor : booking(deps, scope, token)
}

/** The cookie of the booking that the address names, else the staff's. */
async function fromCookies(
  app: FastifyInstance,
  deps: Deps,
  { cookies, params, scope }: FastifyRequest,
  reply: FastifyReply
): Promise<Actor | undefined> {
  const id = params && typeof params === 'object' && 'id' in params ? String(params.id) : undefined
  const token = id && cookies[cookieName(deps.settings, `b-${id}`)]
  const own = token ? await booking(deps, scope, token) : undefined
  if (own) return own
  const name = cookieName(deps.settings, 'staff')
  const signedIn = cookies[name] && (await staff(app, deps, scope, cookies[name]))
  if (!signedIn) return undefined
  const { actor, age } = signedIn
  if (age > renewAfterSeconds) {
    const renewed = signAccess(app, deps.now, scope, { person: actor.person, family: actor.session })
    reply.setCookie(name, renewed, cookieOptions(deps.settings))
  }
  return actor
}

async function staff(app: FastifyInstance, deps: Deps, scope: PracticeScope, token: string) {
  const claims = verifyAccess(app, deps.now, scope, token)
  const live = claims && (await liveSession(deps, scope, claims.sid))
  if (!claims || !live || live.person !== claims.sub) return undefined
  const actor = { kind: 'staff', person: live.person, roles: live.roles, session: claims.sid } as const
  return { actor, age: deps.now().toSeconds() - claims.iat }
}

async function booking(deps: Deps, scope: PracticeScope, token: string): Promise<Actor | undefined> {
  const link = await openLink(deps.db, scope, token, deps.now())
  return link && { kind: 'booking', booking: link.subject, person: link.person, purpose: link.purpose }
}
