import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { shownBookings } from '../identity/cookies.ts'
import type { Deps } from '../kernel/deps.ts'
import { page, refusals } from '../kernel/wire.ts'
import { FoundView, JoinRequest, OwnBookingsQuery } from './list-schema.ts'
import { findFound, joinFound, listOwnBookings } from './own-bookings.ts'
import { BookingView } from './schema.ts'

const tags = ['me']

/** A person's own bookings, and what else was booked with their address. */
export const ownBookingRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/api/me/bookings',
    {
      config: { may: 'read one’s own things' },
      schema: {
        operationId: 'ownBookings',
        tags,
        querystring: OwnBookingsQuery,
        response: { 200: page(BookingView), ...refusals(401, 403, 422) }
      }
    },
    async ({ scope, actor, query }) => listOwnBookings(deps, scope, actor, query)
  )

  app.get(
    '/api/me/found-bookings',
    {
      config: { may: 'read one’s own things' },
      schema: { operationId: 'foundBookings', tags, response: { 200: page(FoundView), ...refusals(401, 403) } }
    },
    async ({ scope, actor, cookies }) => ({
      items: await findFound(deps, scope, actor, shownBookings(cookies, deps.settings)),
      next: null
    })
  )

  app.post(
    '/api/me/found-bookings',
    {
      config: { may: 'change one’s own things', makes: false },
      schema: {
        operationId: 'joinBookings',
        tags,
        body: JoinRequest,
        response: { 204: z.null(), ...refusals(401, 403, 404, 422) }
      }
    },
    async ({ scope, actor, cookies, body }, reply) => {
      const tokens = shownBookings(cookies, deps.settings)
      await joinFound(deps, scope, actor, { bookings: body.bookings, tokens })
      return reply.code(204).send(null)
    }
  )
}
