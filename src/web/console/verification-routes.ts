import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { verifyCaller } from '../../bookings/verify-caller.ts'
import type { Deps } from '../../kernel/deps.ts'

/** Whose call from a partner's page it is, once the practice has spoken with them. */
export const verificationPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.post(
    '/console/bookings/:id/verification',
    { config: { may: 'approve bookings' }, schema: { hide: true, params: z.object({ id: z.uuid() }) } },
    async (request, reply) => {
      await verifyCaller(deps, request.scope, request.actor, request.params.id)
      return reply.redirect(`/console/bookings/${request.params.id}`, 303)
    }
  )
}
