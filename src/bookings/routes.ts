import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { refusals, Slug } from '../kernel/wire.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { Code } from './answer-schema.ts'
import { book } from './book.ts'
import { confirmByCode, sendCode } from './confirm.ts'
import { letGo } from './let-go.ts'
import { openPayment } from './open-payment.ts'
import { quote } from './quote.ts'
import { QuoteView } from './quote-schema.ts'
import { actableBooking, payableBooking, readBooking } from './read-booking.ts'
import { BookedView, BookingRequest, BookingView, Start } from './schema.ts'

const Type = z.object({ slug: Slug })
const Id = z.object({ id: z.uuid() })
const tags = ['bookings']

export const bookingRoutes: FastifyPluginAsyncZod<{ deps: PaymentDeps }> = async (app, { deps }) => {
  app.post(
    '/api/session-types/:slug/quote',
    {
      config: { may: 'ask for a quote', limit: 'quotes', makes: false },
      schema: {
        operationId: 'quote',
        tags,
        params: Type,
        body: Start,
        response: { 200: QuoteView, ...refusals(404, 422, 429) }
      }
    },
    async ({ scope, actor, params, body }) => quote(deps, scope, params.slug, body, actor)
  )

  app.post(
    '/api/bookings',
    {
      config: { may: 'book', limit: 'bookings' },
      schema: {
        operationId: 'book',
        tags,
        body: BookingRequest,
        response: { 201: BookedView, ...refusals(404, 409, 422, 429) }
      }
    },
    async ({ scope, actor, body, idToMake }, reply) => {
      const booked = await book(deps, scope, actor, body, { id: idToMake })
      return reply.code(201).header('location', `/api/bookings/${booked.id}`).send(booked)
    }
  )

  app.get(
    '/api/bookings/:id',
    {
      config: { may: 'read one booking' },
      schema: { operationId: 'booking', tags, params: Id, response: { 200: BookingView, ...refusals(401, 404) } }
    },
    async ({ scope, actor, params }) => readBooking(deps, scope, actor, params.id)
  )

  app.post(
    '/api/bookings/:id/payment',
    {
      config: { may: 'act on a booking' },
      schema: {
        operationId: 'openPayment',
        tags,
        params: Id,
        response: { 200: z.object({ url: z.string() }), ...refusals(401, 404, 409) }
      }
    },
    async ({ scope, actor, params }) => {
      const { id } = await payableBooking(deps, scope, actor, params.id)
      return openPayment(deps, scope, id)
    }
  )

  app.post(
    '/api/bookings/:id/confirmation',
    {
      config: { may: 'act on a booking' },
      schema: {
        operationId: 'confirmByCode',
        tags,
        params: Id,
        body: Code,
        response: { 200: BookingView, ...refusals(401, 404, 409, 422) }
      }
    },
    async ({ scope, actor, params, body }) => {
      const { id } = await payableBooking(deps, scope, actor, params.id)
      await confirmByCode(deps, scope, id, body.code)
      return readBooking(deps, scope, actor, id)
    }
  )

  app.post(
    '/api/bookings/:id/codes',
    {
      config: { may: 'act on a booking' },
      schema: { operationId: 'sendCode', tags, params: Id, response: { 202: z.null(), ...refusals(401, 404, 409) } }
    },
    async ({ scope, actor, params }, reply) => {
      const { id } = await payableBooking(deps, scope, actor, params.id)
      await sendCode(deps, scope, id)
      return reply.code(202).send(null)
    }
  )

  app.post(
    '/api/bookings/:id/release',
    {
      config: { may: 'act on a booking' },
      schema: {
        operationId: 'release',
        tags,
        params: Id,
        response: { 200: BookingView, ...refusals(401, 403, 404, 409) }
      }
    },
    async ({ scope, actor, params }) => {
      const booking = await actableBooking(deps, scope, actor, params.id)
      await letGo(deps, scope, actor, booking)
      return readBooking(deps, scope, actor, booking.id)
    }
  )
}
