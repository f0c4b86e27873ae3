import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { refusals } from '../kernel/wire.ts'
import { signAccess } from './access-token.ts'
import { passSecondStep } from './pass-second-step.ts'
import type { PracticeScope } from './practice.ts'
import { refreshSession } from './refresh-session.ts'
import {
  RefreshRequest,
  SecondStepRequest,
  SessionRequest,
  SessionView,
  SignInLinkRequest,
  SignInLinkView
} from './schema.ts'
import type { Session } from './session.ts'
import { signInStaff } from './sign-in.ts'
import { askToSignIn, signInByCode, signInByLink } from './sign-in-person.ts'
import { signOut } from './sign-out.ts'
import { stepOwner } from './step-owner.ts'
import { askedHere, forgetSignedIn, keepAskedHere } from './visit.ts'

export const identityRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.post(
    '/api/sign-in-links',
    {
      config: { may: 'sign in', limit: 'answers', makes: false },
      schema: {
        operationId: 'askToSignIn',
        tags: ['sign-in'],
        body: SignInLinkRequest,
        response: { 202: SignInLinkView, ...refusals(422, 429) }
      }
    },
    async (request, reply) => {
      const asked = await askToSignIn(deps, request.scope, request.body.email, askedHere(request))
      keepAskedHere(request, asked)
      return reply.code(202).send({ request: asked.request })
    }
  )

  app.post(
    '/api/sessions',
    {
      // A repeated sign-in is a new one, and no copy of its tokens is kept.
      config: { may: 'sign in', limit: 'signIns', makes: false },
      schema: {
        operationId: 'signIn',
        tags: ['sign-in'],
        body: SessionRequest,
        response: { 200: SessionView, ...refusals(401, 403, 409, 422, 429) }
      }
    },
    async (request, reply) => view(reply, request.scope, await signInBy(request, request.body))
  )

  app.post(
    '/api/sessions/refresh',
    {
      config: { may: 'sign in', makes: false },
      schema: {
        operationId: 'refreshSession',
        tags: ['sign-in'],
        body: RefreshRequest,
        response: { 200: SessionView, ...refusals(401, 422) }
      }
    },
    async ({ scope, body }, reply) => view(reply, scope, await refreshSession(deps, scope, body.refreshToken))
  )

  app.post(
    '/api/sessions/current/second-step',
    {
      // A wrong one is counted, and a right one is not given twice.
      config: { may: 'pass one’s own second step', limit: 'signIns', makes: false },
      schema: {
        operationId: 'passSecondStep',
        tags: ['sign-in'],
        body: SecondStepRequest,
        response: { 204: z.null(), ...refusals(401, 403, 422, 429) }
      }
    },
    async ({ scope, actor, body }, reply) => {
      const given = 'pin' in body ? { kind: 'pin' as const, ...body } : { kind: 'code' as const, ...body }
      await passSecondStep(deps, scope, stepOwner(actor), given)
      return reply.code(204).send(null)
    }
  )

  app.delete(
    '/api/sessions/current',
    {
      config: { may: 'sign out' },
      schema: { operationId: 'signOut', tags: ['sign-in'], response: { 204: z.null(), ...refusals(401, 403) } }
    },
    async (request, reply) => {
      await signOut(deps, request.scope, request.actor)
      forgetSignedIn(request)
      return reply.code(204).send(null)
    }
  )

  function signInBy(request: FastifyRequest, body: SessionRequest) {
    const { scope, headers } = request
    const device = headers['user-agent']
    if ('code' in body) return signInByCode(deps, scope, { ...body, device })
    if ('link' in body) return signInByLink(deps, scope, { ...body, browser: askedHere(request), device })
    return signInStaff(deps, scope, { ...body, device })
  }

  function view(reply: FastifyReply, scope: PracticeScope, signed: { session: Session; refreshToken: string }) {
    const { token, expiresAt } = signAccess(app.jwt, deps, scope, signed.session)
    reply.header('cache-control', 'no-store')
    const expiresIn = Math.floor(expiresAt.diff(deps.now()).as('seconds'))
    return { accessToken: token, refreshToken: signed.refreshToken, expiresIn }
  }
}
