import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { Instant } from '../kernel/time.ts'
import { page, refusals, Slug } from '../kernel/wire.ts'
import { outsideCalendarRoutes } from './outside/routes.ts'
import { ownTimesRoutes } from './own-times-routes.ts'
import { readOpeningHours } from './read-opening-hours.ts'
import { saveOpeningHours } from './save-opening-hours.ts'
import { OpeningHours, TimeOffRequest, TimeOffView } from './schema.ts'
import { addTimeOff, readTimeOff, removeTimeOff } from './time-off.ts'
import { travelRoutes } from './travel-routes.ts'

const Therapist = z.object({ slug: Slug })
const Collision = z.object({ id: z.uuid(), state: z.string(), start: Instant, end: Instant })

export const availabilityRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  await app.register(outsideCalendarRoutes, { deps })

  await app.register(travelRoutes, { deps })
  await app.register(ownTimesRoutes, { deps })

  app.get(
    '/api/therapists/:slug/opening-hours',
    {
      config: { may: 'read opening hours' },
      schema: {
        operationId: 'openingHours',
        tags: ['staff'],
        params: Therapist,
        response: { 200: OpeningHours, ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, params }, reply) => {
      const { settings, etag } = await readOpeningHours(deps, scope, params.slug)
      return reply.header('etag', etag).send(settings)
    }
  )

  app.put(
    '/api/therapists/:slug/opening-hours',
    {
      config: { may: 'change opening hours' },
      schema: {
        operationId: 'saveOpeningHours',
        tags: ['staff'],
        params: Therapist,
        headers: z.object({ 'if-match': z.string().optional() }),
        body: OpeningHours,
        response: { 200: OpeningHours, ...refusals(401, 403, 404, 412, 422) }
      }
    },
    async ({ scope, actor, params, body, headers }, reply) => {
      const etag = await saveOpeningHours(deps, scope, actor, params.slug, body, headers['if-match'])
      return reply.header('etag', etag).send(body)
    }
  )

  app.get(
    '/api/therapists/:slug/time-off',
    {
      config: { may: 'read opening hours' },
      schema: {
        operationId: 'timeOff',
        tags: ['staff'],
        params: Therapist,
        response: { 200: page(TimeOffView), ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, params }) => ({ items: await readTimeOff(deps, scope, params.slug), next: null })
  )

  app.post(
    '/api/therapists/:slug/time-off',
    {
      config: { may: 'change time off' },
      schema: {
        operationId: 'addTimeOff',
        tags: ['staff'],
        params: Therapist,
        body: TimeOffRequest,
        response: {
          201: z.object({
            id: z.uuid(),
            collisions: z.array(Collision),
            /** Dates for several couples: each is moved or cancelled as a whole. */
            editions: z.array(Collision.omit({ state: true }))
          }),
          ...refusals(401, 403, 404, 422)
        }
      }
    },
    async ({ scope, actor, params, body, idToMake }, reply) =>
      reply.code(201).send(await addTimeOff(deps, scope, actor, params.slug, body, idToMake))
  )

  app.delete(
    '/api/therapists/:slug/time-off/:id',
    {
      config: { may: 'change time off' },
      schema: {
        operationId: 'removeTimeOff',
        tags: ['staff'],
        params: Therapist.extend({ id: z.uuid() }),
        response: { 204: z.null(), ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }, reply) => {
      await removeTimeOff(deps, scope, actor, params.slug, params.id)
      return reply.code(204).send(null)
    }
  )
}
