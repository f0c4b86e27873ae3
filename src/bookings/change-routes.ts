import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { notAllowed } from '../identity/actor.ts'
import { refusals } from '../kernel/wire.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { answerMove } from './answer-move.ts'
import { asSeen } from './as-seen.ts'
import { cancel } from './cancel.ts'
import { CancellationQuoteView, CancellationView, MoveAnswer, MoveRequest, MoveView } from './change-schema.ts'
import { layStep } from './lay-step.ts'
import { isLetFall } from './lock-appointment.ts'
import { makeUp } from './make-up.ts'
import { moveAppointment } from './move-appointment.ts'
import { quoteCancellation } from './quote-cancellation.ts'
import { actableBooking, readBooking } from './read-booking.ts'
import { actableAppointment, readMove } from './read-move.ts'
import { BookingView } from './schema.ts'
import { StepRequest } from './step-schema.ts'

const params = z.object({ id: z.uuid() })
const tags = ['bookings']
const config = { may: 'act on a booking' } as const

export const changeRoutes: FastifyPluginAsyncZod<{ deps: PaymentDeps }> = async (app, { deps }) => {
  app.get(
    '/api/bookings/:id/cancellation',
    {
      config,
      schema: {
        operationId: 'cancellation',
        tags,
        params,
        response: { 200: CancellationQuoteView, ...refusals(401, 403, 404, 409) }
      }
    },
    async ({ scope, actor, params }) => {
      const booking = await actableBooking(deps, scope, actor, params.id)
      return asSeen(deps, scope, actor, booking, await quoteCancellation(deps, scope, actor, booking))
    }
  )

  app.post(
    '/api/bookings/:id/cancellation',
    {
      config,
      schema: {
        operationId: 'cancel',
        tags,
        params,
        response: { 200: CancellationView, ...refusals(401, 403, 404, 409) }
      }
    },
    async ({ scope, actor, params }) => {
      const booking = await actableBooking(deps, scope, actor, params.id)
      const { id, price } = booking
      const { band, refund, fee, owed, decideBy } = await cancel(deps, scope, actor, id)
      const { state } = await readBooking(deps, scope, actor, id)
      const money = (amount: number) => ({ amount, currency: price.currency })
      return asSeen(deps, scope, actor, booking, {
        band,
        refund: money(refund),
        fee: money(fee),
        ...(owed && { owed: money(owed) }),
        state,
        ...(decideBy && { decideBy })
      })
    }
  )

  app.post(
    '/api/appointments/:id/move',
    {
      config,
      schema: {
        operationId: 'moveAppointment',
        tags,
        params,
        body: MoveRequest,
        response: { 200: MoveView, ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, params, body }) => {
      await actableAppointment(deps, scope, actor, params.id)
      if (body.agreed && actor.kind !== 'staff') throw notAllowed('Only staff can say that the other has agreed')
      const { start, agreed } = body
      if (await isLetFall(deps, scope, params.id))
        return readMove(deps, scope, params.id, await makeUp(deps, scope, actor, params.id, start, agreed))
      const state = await moveAppointment(deps, scope, actor, params.id, start, { agreed })
      return readMove(deps, scope, params.id, state)
    }
  )

  app.post(
    '/api/appointments/:id/move-answer',
    {
      config,
      schema: {
        operationId: 'answerMove',
        tags,
        params,
        body: MoveAnswer,
        response: { 200: MoveView, ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, params, body }) => {
      await actableAppointment(deps, scope, actor, params.id)
      const state = await answerMove(deps, scope, actor, params.id, body.accept)
      return readMove(deps, scope, params.id, state)
    }
  )

  app.post(
    '/api/bookings/:id/steps',
    {
      config,
      schema: {
        operationId: 'layStep',
        tags,
        params,
        body: StepRequest,
        response: { 201: BookingView, ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, params, body }, reply) => {
      const { id } = await actableBooking(deps, scope, actor, params.id)
      await layStep(deps, scope, actor, id, body)
      return reply.code(201).send(await readBooking(deps, scope, actor, id))
    }
  )
}
