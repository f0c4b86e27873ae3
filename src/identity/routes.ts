import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { refusals } from '../kernel/wire.ts'
import { signAccess } from './access-token.ts'
import { Refresh, SignIn, TokensView } from './schema.ts'
import { accessSeconds, endSession, refreshSession, signInStaff } from './session.ts'

export const identityRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.post(
    '/api/sessions',
    {
      config: { may: 'sign in' },
      schema: {
        operationId: 'signIn',
        tags: ['sign-in'],
        body: SignIn,
        response: { 200: TokensView, ...refusals(401, 422) }
      }
    },
    async ({ scope, body, headers }) => {
      const session = await signInStaff(deps, scope, { ...body, device: headers['user-agent'] })
      const accessToken = signAccess(app, deps.now, scope, session)
      return { accessToken, refreshToken: session.refreshToken, expiresIn: accessSeconds }
    }
  )

  app.post(
    '/api/sessions/refresh',
    {
      config: { may: 'sign in' },
      schema: {
        operationId: 'refreshSession',
        tags: ['sign-in'],
        body: Refresh,
        response: { 200: TokensView, ...refusals(401, 422) }
      }
    },
    async ({ scope, body }) => {
      const session = await refreshSession(deps, scope, body.refreshToken)
      const accessToken = signAccess(app, deps.now, scope, session)
      return { accessToken, refreshToken: session.refreshToken, expiresIn: accessSeconds }
    }
  )

  app.delete(
    '/api/sessions/current',
    {
      config: { may: 'sign out' },
      schema: { operationId: 'signOut', tags: ['sign-in'], response: { 204: z.null(), ...refusals(401) } }
    },
    async ({ scope, actor }, reply) => {
      if (actor.kind === 'staff') await endSession(deps, scope, actor.session)
      return reply.code(204).send(null)
    }
  )
}
