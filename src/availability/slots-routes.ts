import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { refusals, Slug } from '../kernel/wire.ts'
import { readSlots } from './read-slots.ts'
import { SlotsQuery, SlotsView } from './schema.ts'

const Params = z.object({ slug: Slug })

/** The most asked route: it sends bytes that were made with the window, not checked and written anew for each reader. */
export const slotsRoutes: FastifyPluginAsync<{ deps: Deps }> = async (app, { deps }) => {
  app.get<{ Params: z.infer<typeof Params>; Querystring: SlotsQuery }>(
    '/api/session-types/:slug/slots',
    {
      config: { may: 'read slots' },
      schema: {
        operationId: 'slots',
        tags: ['availability'],
        params: Params,
        querystring: SlotsQuery,
        response: { 200: SlotsView, ...refusals(404, 422) }
      }
    },
    async ({ scope, params, query }, reply) => {
      const { bytes } = await readSlots(deps, scope, params.slug, query)
      return reply.type('application/json; charset=utf-8').send(bytes)
    }
  )
}
