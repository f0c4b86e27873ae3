import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { page, refusals, Slug } from '../kernel/wire.ts'
import { readFeeds, revokeFeed } from './change-feed.ts'
import { makeFeed } from './make-feed.ts'
import { ownFeeds, therapistFeeds } from './owner.ts'
import { FeedAddressView, FeedView, TherapistFeed, view } from './schema.ts'

const Therapist = z.object({ slug: Slug })
const Id = z.object({ id: z.uuid() })
const [staff, own] = [['staff'], ['me']]

/** The addresses of calendars: a therapist's, and those of who holds a booking's token. */
export const feedRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/api/therapists/:slug/feeds',
    {
      config: { may: 'keep a therapist’s calendars' },
      schema: {
        operationId: 'therapistFeeds',
        tags: staff,
        params: Therapist,
        response: { 200: page(FeedView), ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }) => {
      const owner = await therapistFeeds(deps, scope, actor, params.slug, 'end')
      return { items: (await readFeeds(deps, scope, owner)).map(view), next: null }
    }
  )

  app.post(
    '/api/therapists/:slug/feeds',
    {
      config: { may: 'keep a therapist’s calendars' },
      schema: {
        operationId: 'makeTherapistFeed',
        tags: staff,
        params: Therapist,
        body: TherapistFeed.nullish(),
        response: { 201: FeedAddressView, ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, params, body, idToMake }, reply) => {
      const { person } = await therapistFeeds(deps, scope, actor, params.slug, 'make')
      const wanted = { scope: body?.scope ?? 'therapist', style: body?.style ?? 'code' } as const
      return reply.code(201).send(await makeFeed(deps, scope, actor, person, wanted, idToMake))
    }
  )

  app.delete(
    '/api/therapists/:slug/feeds/:id',
    {
      config: { may: 'keep a therapist’s calendars' },
      schema: {
        operationId: 'revokeTherapistFeed',
        tags: staff,
        params: Therapist.extend(Id.shape),
        response: { 204: z.null(), ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }, reply) => {
      const owner = await therapistFeeds(deps, scope, actor, params.slug, 'end')
      await revokeFeed(deps, scope, actor, owner, params.id)
      return reply.code(204).send(null)
    }
  )

  app.get(
    '/api/me/feeds',
    {
      config: { may: 'keep one’s own calendars' },
      schema: { operationId: 'feeds', tags: own, response: { 200: page(FeedView), ...refusals(401, 403) } }
    },
    async ({ scope, actor }) => ({ items: (await readFeeds(deps, scope, ownFeeds(actor))).map(view), next: null })
  )

  app.post(
    '/api/me/feeds',
    {
      config: { may: 'keep one’s own calendars' },
      schema: {
        operationId: 'makeFeed',
        tags: own,
        body: z.strictObject({}).nullish(),
        response: { 201: FeedAddressView, ...refusals(401, 403, 409, 422) }
      }
    },
    async ({ scope, actor, idToMake }, reply) => {
      const { person } = ownFeeds(actor)
      const wanted = { scope: 'client', style: 'code' } as const
      return reply.code(201).send(await makeFeed(deps, scope, actor, person, wanted, idToMake))
    }
  )

  app.delete(
    '/api/me/feeds/:id',
    {
      config: { may: 'keep one’s own calendars' },
      schema: {
        operationId: 'revokeFeed',
        tags: own,
        params: Id,
        response: { 204: z.null(), ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }, reply) => {
      await revokeFeed(deps, scope, actor, ownFeeds(actor), params.id)
      return reply.code(204).send(null)
    }
  )
}
