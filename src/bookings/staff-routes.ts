import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { page, refusals } from '../kernel/wire.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { Approval } from './answer-schema.ts'
import { approve } from './approve.ts'
import { attend } from './attend.ts'
import { bookForCaller } from './book-for-caller.ts'
import { bulkRoutes } from './bulk-routes.ts'
import { CallerBookingRequest } from './caller-schema.ts'
import { AttendanceRequest, FeeDecision } from './change-schema.ts'
import { decideFee } from './decide-fee.ts'
import { listBookings } from './list-bookings.ts'
import { BookingsQuery } from './list-schema.ts'
import { privateProposalRoutes } from './private-proposal-routes.ts'
import { readBooking } from './read-booking.ts'
import { BookingView } from './schema.ts'
import { verifyCaller } from './verify-caller.ts'

const Id = z.object({ id: z.uuid() })

export const staffBookingRoutes: FastifyPluginAsyncZod<{ deps: PaymentDeps }> = async (app, { deps }) => {
  await app.register(bulkRoutes, { deps })
  await app.register(privateProposalRoutes, { deps })

  app.get(
    '/api/bookings',
    {
      config: { may: 'read bookings' },
      schema: {
        operationId: 'bookings',
        tags: ['staff'],
        querystring: BookingsQuery,
        response: { 200: page(BookingView), ...refusals(401, 403, 422) }
      }
    },
    async ({ scope, actor, query }) => listBookings(deps, scope, actor, query)
  )

  app.post(
    '/api/staff/bookings',
    {
      config: { may: 'book for callers' },
      schema: {
        operationId: 'bookForCaller',
        tags: ['staff'],
        body: CallerBookingRequest,
        response: { 201: BookingView, ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, body, idToMake }, reply) => {
      const id = await bookForCaller(deps, scope, actor, body, idToMake)
      return reply
        .code(201)
        .header('location', `/api/bookings/${id}`)
        .send(await readBooking(deps, scope, actor, id))
    }
  )

  app.post(
    '/api/bookings/:id/approval',
    {
      config: { may: 'approve bookings' },
      schema: {
        operationId: 'approve',
        tags: ['staff'],
        params: Id,
        body: Approval,
        response: { 200: BookingView, ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, params, body }) => {
      await approve(deps, scope, actor, params.id, body)
      return readBooking(deps, scope, actor, params.id)
    }
  )

  app.post(
    '/api/bookings/:id/fee-decision',
    {
      config: { may: 'decide on fees', makes: false },
      schema: {
        operationId: 'decideFee',
        tags: ['staff'],
        params: Id,
        body: FeeDecision,
        response: { 204: z.null(), ...refusals(401, 403, 404, 409) }
      }
    },
    async ({ scope, actor, params, body }, reply) => {
      await decideFee(deps, scope, actor, params.id, body)
      return reply.code(204).send(null)
    }
  )

  app.post(
    '/api/appointments/:id/attendance',
    {
      config: { may: 'record attendance', makes: false },
      schema: {
        operationId: 'attend',
        tags: ['staff'],
        params: Id,
        body: AttendanceRequest,
        response: { 200: BookingView, ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, params, body }) => {
      const booking = await attend(deps, scope, actor, params.id, body.people)
      return readBooking(deps, scope, actor, booking)
    }
  )
  app.post(
    '/api/bookings/:id/verification',
    {
      config: { may: 'approve bookings' },
      schema: {
        operationId: 'verifyCaller',
        tags: ['staff'],
        params: Id,
        response: { 201: BookingView, ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }, reply) => {
      await verifyCaller(deps, scope, actor, params.id)
      return reply.code(201).send(await readBooking(deps, scope, actor, params.id))
    }
  )
}
