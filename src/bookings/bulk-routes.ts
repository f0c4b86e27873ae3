import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { Instant } from '../kernel/time.ts'
import { refusals, Slug } from '../kernel/wire.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { type Absence, absenceOf, readDatesInTheWay } from './absence.ts'
import { beginBulkChange } from './begin-bulk-change.ts'
import { beginForTimeOff } from './begin-for-time-off.ts'
import { BulkChangeRequest, BulkChangeView, CollisionsView } from './bulk-schema.ts'
import { readCollisions } from './collisions.ts'
import { readBulkChange } from './read-bulk-change.ts'

const config = { may: 'change time off' } as const
const OfTherapist = z.object({ slug: Slug, id: z.uuid() })
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
          200: CollisionsView,
          ...refusals(401, 403, 404, 422)
        }
      }
    },
    async ({ scope, actor, params, query }) => inTheWayOf(scope, actor, params.slug, query)
  )

  app.get(
    '/api/therapists/:slug/travels/:id/collisions',
    {
      config,
      schema: {
        operationId: 'travelCollisions',
        tags: ['staff'],
        params: OfTherapist,
        response: { 200: CollisionsView, ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }) =>
      inTheWayOf(scope, actor, params.slug, await absenceOf(deps, scope, params.slug, params.id))
  )

  app.post(
    '/api/therapists/:slug/travels/:id/changes',
    {
      config,
      schema: {
        operationId: 'changeForTravel',
        tags: ['staff'],
        params: OfTherapist,
        body: BulkChangeRequest,
        response: { 201: BulkChangeView, ...refusals(401, 403, 404, 422) }
      }
    },
    async ({ scope, actor, params, body, idToMake }, reply) => {
      const absence = await absenceOf(deps, scope, params.slug, params.id)
      const id = await beginBulkChange(deps, scope, actor, params.slug, absence, body.changes, idToMake)
      return reply
        .code(201)
        .header('location', `/api/bulk-changes/${id}`)
        .send(await readBulkChange(deps, scope, actor, id))
    }
  )

  app.post(
    '/api/therapists/:slug/time-off/:id/changes',
    {
      config,
      schema: {
        operationId: 'changeInOneGo',
        tags: ['staff'],
        params: OfTherapist,
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

  async function inTheWayOf(scope: PracticeScope, actor: Actor, slug: string, absence: Absence) {
    const collisions = await readCollisions(deps, scope, actor, slug, absence)
    return {
      editions: await readDatesInTheWay(deps, scope, actor, slug, absence),
      items: collisions.map(({ booking, view, ...rest }) => ({
        ...rest,
        id: booking.id,
        state: view.state,
        names: (view.people ?? []).map(({ name }) => name)
      }))
    }
  }
}
