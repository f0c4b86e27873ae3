import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { page, refusals, Slug } from '../kernel/wire.ts'
import { TravelAdded, TravelRequest, TravelView } from './travel-schema.ts'
import { addTravel, readTravels, removeTravel } from './travels.ts'

const params = z.object({ slug: Slug })
const tags = ['staff']

/** Where a therapist is when not at home, and by which clock they can be booked then. */
export const travelRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/api/therapists/:slug/travels',
    {
      config: { may: 'read time off' },
      schema: { operationId: 'travels', tags, params, response: { 200: page(TravelView), ...refusals(401, 403, 404) } }
    },
    async ({ scope, params }) => ({ items: await readTravels(deps, scope, params.slug), next: null })
  )

  app.post(
    '/api/therapists/:slug/travels',
    {
      config: { may: 'change time off' },
      schema: {
        operationId: 'addTravel',
        tags,
        params,
        body: TravelRequest,
        response: { 201: TravelAdded, ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, params, body, idToMake }, reply) =>
      reply.code(201).send(await addTravel(deps, scope, actor, params.slug, body, idToMake))
  )

  app.delete(
    '/api/therapists/:slug/travels/:id',
    {
      config: { may: 'change time off' },
      schema: {
        operationId: 'removeTravel',
        tags,
        params: params.extend({ id: z.uuid() }),
        response: { 204: z.null(), ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }, reply) => {
      await removeTravel(deps, scope, actor, params.slug, params.id)
      return reply.code(204).send(null)
    }
  )
}
