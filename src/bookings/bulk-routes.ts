import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readDates } from '../availability/time-off.ts'
import { Instant } from '../kernel/time.ts'
import { refusals, Slug } from '../kernel/wire.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { beginForTimeOff } from './begin-for-time-off.ts'
import { BulkChangeRequest, BulkChangeView, CollisionView } from './bulk-schema.ts'
import { readCollisions } from './collisions.ts'
import { readBulkChange } from './read-bulk-change.ts'

const DatesInTheWay = z.object({ id: z.uuid(), start: Instant, end: Instant })
const config = { may: 'change time off' } as const
const Stretch = z
  .strictObject({ start: Instant, end: Instant })
  .refine(({ start, end }) => start < end, { path: ['end'], error: 'The end must be after the start' })

/** What an absence collides with, and what is done about all of it in one go. */
export const bulkRoutes: FastifyPluginAsyncZod<{ deps: PaymentDeps }> = async (app, { deps }) => {
  app.get(
    '/api/therapists/:slug/collisions',
    {
      config,
      schema: {
        operationId: 'collisions',
        tags: ['staff'],
        params: z.object({ slug: Slug }),
        querystring: Stretch,
        response: {
          200: z.object({ items: z.array(CollisionView), editions: z.array(DatesInTheWay) }),
          ...refusals(401, 403, 404, 422)
        }
      }
    },
    async ({ scope, actor, params, query }) => {
      const collisions = await readCollisions(deps, scope, actor, params.slug, query)
      return {
        editions: await readDates(deps, scope, actor, params.slug, query),
        items: collisions.map(({ booking, view, ...rest }) => ({
          ...rest,
          id: booking.id,
          state: view.state,
          names: (view.people ?? []).map(({ name }) => name)
        }))
      }
    }
  )

  app.post(
    '/api/therapists/:slug/time-off/:id/changes',
    {
      config,
      schema: {
        operationId: 'changeInOneGo',
        tags: ['staff'],
        params: z.object({ slug: Slug, id: z.uuid() }),
        body: BulkChangeRequest,
        response: { 201: BulkChangeView, ...refusals(401, 403, 404, 422) }
      }
    },
    async ({ scope, actor, params, body, idToMake }, reply) => {
      const id = await beginForTimeOff(deps, scope, actor, params.slug, params.id, body.changes, idToMake)
      return reply
        .code(201)
        .header('location', `/api/bulk-changes/${id}`)
        .send(await readBulkChange(deps, scope, actor, id))
    }
  )

  app.get(
    '/api/bulk-changes/:id',
    {
      config,
      schema: {
        operationId: 'bulkChange',
        tags: ['staff'],
        params: z.object({ id: z.uuid() }),
        response: { 200: BulkChangeView, ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }) => readBulkChange(deps, scope, actor, params.id)
  )
}
