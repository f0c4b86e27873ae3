import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { giveBackTurn } from '../kernel/limit-plugin.ts'
import { refusals, Slug } from '../kernel/wire.ts'
import { readSlots } from './read-slots.ts'
import { SlotsQuery, SlotsView } from './schema.ts'
import { markSuiting } from './suits-both.ts'

const Params = z.object({ slug: Slug })

/** The most asked route: it sends bytes that were made with the window, not checked and written anew for each reader. */
export const slotsRoutes: FastifyPluginAsync<{ deps: Deps }> = async (app, { deps }) => {
  app.get<{ Params: z.infer<typeof Params>; Querystring: SlotsQuery }>(
    '/api/session-types/:slug/slots',
    {
      config: { may: 'read slots', limit: 'windows' },
      schema: {
        operationId: 'slots',
        tags: ['availability'],
        params: Params,
        querystring: SlotsQuery,
        response: { 200: SlotsView, ...refusals(404, 422, 429) }
      }
    },
    async (request, reply) => {
      const { scope, actor, params, query } = request
      const { view, bytes, remembered } = await readSlots(deps, scope, params.slug, query)
      if (remembered) giveBackTurn(request)
      if (actor.kind === 'person')
        return reply.send({ ...view, slots: await markSuiting(deps, scope, actor, view.slots) })
      return reply.type('application/json; charset=utf-8').send(bytes)
    }
  )
}
