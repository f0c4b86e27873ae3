import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { refusals } from '../kernel/wire.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { acceptOffer } from './accept-offer.ts'
import { joinWaitlist } from './join-waitlist.ts'
import { leaveWaitlist, readPlaceInLine } from './leave-waitlist.ts'
import { confirmPlace } from './prove-place.ts'
import { BookedView } from './schema.ts'
import { OfferAcceptance, PlaceInLineView, WaitlistRequest } from './waitlist-schema.ts'

const Token = z.object({ token: z.string().max(100) })
const tags = ['waitlist']
const config = { may: 'open one’s own place in line' } as const

/** A place in line: asked for by anybody, and then opened by the address that is mailed to who asked, and by nothing else. */
export const waitlistRoutes: FastifyPluginAsyncZod<{ deps: PaymentDeps }> = async (app, { deps }) => {
  app.post(
    '/api/waitlist-entries',
    {
      config: { may: 'wait for dates', limit: 'bookings' },
      schema: {
        operationId: 'joinWaitlist',
        tags,
        body: WaitlistRequest,
        response: { 202: z.null(), ...refusals(404, 422, 429) }
      }
    },
    async ({ scope, actor, body, idToMake }, reply) => {
      await joinWaitlist(deps, scope, actor, body, idToMake)
      return reply.code(202).send(null)
    }
  )

  app.get(
    '/api/waitlist-entries/:token',
    {
      config: { ...config, limit: 'quotes' },
      schema: {
        operationId: 'placeInLine',
        tags,
        params: Token,
        response: { 200: PlaceInLineView, ...refusals(404, 429) }
      }
    },
    async ({ scope, params }) => readPlaceInLine(deps, scope, params.token)
  )

  app.post(
    '/api/waitlist-entries/:token/confirmation',
    {
      config: { ...config, makes: false, limit: 'quotes' },
      schema: {
        operationId: 'confirmPlaceInLine',
        tags,
        params: Token,
        response: { 204: z.null(), ...refusals(404, 429) }
      }
    },
    async ({ scope, params }, reply) => {
      await confirmPlace(deps, scope, params.token)
      return reply.code(204).send(null)
    }
  )

  app.post(
    '/api/waitlist-entries/:token/acceptance',
    {
      config: { ...config, limit: 'bookings' },
      schema: {
        operationId: 'acceptOffer',
        tags,
        params: Token,
        body: OfferAcceptance,
        response: { 201: BookedView, ...refusals(404, 409, 422, 429) }
      }
    },
    async ({ scope, params, body, idToMake }, reply) => {
      const booked = await acceptOffer(deps, scope, params.token, body, { id: idToMake })
      return reply.code(201).header('location', `/api/bookings/${booked.id}`).send(booked)
    }
  )

  app.post(
    '/api/waitlist-entries/:token/leaving',
    {
      config: { ...config, makes: false, limit: 'quotes' },
      schema: {
        operationId: 'leaveWaitlist',
        tags,
        params: Token,
        response: { 204: z.null(), ...refusals(404, 409, 429) }
      }
    },
    async ({ scope, params }, reply) => {
      await leaveWaitlist(deps, scope, params.token)
      return reply.code(204).send(null)
    }
  )
}
