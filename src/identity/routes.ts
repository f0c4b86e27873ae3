import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { refusals } from '../kernel/wire.ts'
import { signAccess } from './access-token.ts'
import type { PracticeScope } from './practice.ts'
import { refreshSession } from './refresh-session.ts'
import { RefreshRequest, SessionView, SignInRequest } from './schema.ts'
import type { StaffSession } from './session.ts'
import { signInStaff } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { forgetSignedIn } from './visit.ts'

export const identityRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.post(
    '/api/sessions',
    {
      // A repeated sign-in is a new one, and no copy of its tokens is kept.
      config: { may: 'sign in', limit: 'signIns', makes: false },
      schema: {
        operationId: 'signIn',
        tags: ['sign-in'],
        body: SignInRequest,
        response: { 200: SessionView, ...refusals(401, 403, 422, 429) }
      }
    },
    async ({ scope, body, headers }, reply) =>
      view(reply, scope, await signInStaff(deps, scope, { ...body, device: headers['user-agent'] }))
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

  function view(reply: FastifyReply, scope: PracticeScope, signed: { session: StaffSession; refreshToken: string }) {
    const { token, expiresAt } = signAccess(app.jwt, deps, scope, signed.session)
    reply.header('cache-control', 'no-store')
    const expiresIn = Math.floor(expiresAt.diff(deps.now()).as('seconds'))
    return { accessToken: token, refreshToken: signed.refreshToken, expiresIn }
  }
}
