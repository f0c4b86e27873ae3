import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { notAllowed } from '../identity/actor.ts'
import { refusals } from '../kernel/wire.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { moveLater, quoteLater } from './move-later.ts'
import { pauseSeries, quotePause, quoteResume, resumeSeries } from './pause-series.ts'
import { actableBooking, readBooking } from './read-booking.ts'
import { actableAppointment, readProposal } from './read-move.ts'
import { BookingView } from './schema.ts'
import {
  LaterRequest,
  LaterView,
  MovedLaterView,
  PauseRequest,
  PauseView,
  ResumeRequest,
  StartQuery
} from './series-schema.ts'

const params = z.object({ id: z.uuid() })
const tags = ['bookings']
const config = { may: 'act on a booking' } as const
const none = refusals(401, 403, 404, 409, 422)

/** Changing several appointments of a series at once: first what it would mean, then all of it or nothing. */
export const seriesRoutes: FastifyPluginAsyncZod<{ deps: PaymentDeps }> = async (app, { deps }) => {
  app.get(
    '/api/appointments/:id/later',
    {
      config,
      schema: {
        operationId: 'quoteLater',
        tags,
        params,
        querystring: StartQuery,
        response: { 200: LaterView, ...none }
      }
    },
    async ({ scope, actor, params, query }) => {
      const booking = await actableAppointment(deps, scope, actor, params.id)
      return { appointments: await quoteLater(deps, scope, booking, params.id, query.start) }
    }
  )

  app.post(
    '/api/appointments/:id/later',
    {
      config,
      schema: {
        operationId: 'moveLater',
        tags,
        params,
        body: LaterRequest,
        response: { 200: MovedLaterView, ...none }
      }
    },
    async ({ scope, actor, params, body: { start, occurrences, agreed } }) => {
      const { id } = await actableAppointment(deps, scope, actor, params.id)
      if (agreed && actor.kind !== 'staff') throw notAllowed('Only staff can say that the other has agreed')
      const how = { wishes: occurrences, agreed: agreed === true }
      const move = await moveLater(deps, scope, actor, params.id, start, how)
      const booking = await readBooking(deps, scope, actor, id)
      return { ...booking, move, proposal: await readProposal(deps.db, scope, params.id) }
    }
  )

  app.get(
    '/api/bookings/:id/pause',
    {
      config,
      schema: {
        operationId: 'quotePause',
        tags,
        params,
        querystring: PauseRequest,
        response: { 200: PauseView, ...none }
      }
    },
    async ({ scope, actor, params, query }) => {
      const booking = await actableBooking(deps, scope, actor, params.id)
      const those = await quotePause(deps, scope, booking, query.from)
      return { appointments: those.map(({ id, startsAt, endsAt }) => ({ id, start: startsAt, end: endsAt })) }
    }
  )

  app.post(
    '/api/bookings/:id/pause',
    {
      config,
      schema: { operationId: 'pause', tags, params, body: PauseRequest, response: { 200: BookingView, ...none } }
    },
    async ({ scope, actor, params, body }) => {
      const { id } = await actableBooking(deps, scope, actor, params.id)
      await pauseSeries(deps, scope, actor, id, body.from)
      return readBooking(deps, scope, actor, id)
    }
  )

  app.get(
    '/api/bookings/:id/resumption',
    {
      config,
      schema: {
        operationId: 'quoteResume',
        tags,
        params,
        querystring: StartQuery,
        response: { 200: LaterView, ...none }
      }
    },
    async ({ scope, actor, params, query }) => {
      const booking = await actableBooking(deps, scope, actor, params.id)
      return { appointments: await quoteResume(deps, scope, booking, query.start) }
    }
  )

  app.post(
    '/api/bookings/:id/resumption',
    {
      config,
      schema: { operationId: 'resume', tags, params, body: ResumeRequest, response: { 200: BookingView, ...none } }
    },
    async ({ scope, actor, params, body }) => {
      const { id } = await actableBooking(deps, scope, actor, params.id)
      await resumeSeries(deps, scope, actor, id, body.start, body.occurrences)
      return readBooking(deps, scope, actor, id)
    }
  )
}
