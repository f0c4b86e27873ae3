import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { refusals } from '../kernel/wire.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { asSeen } from './as-seen.ts'
import { callOff } from './call-off.ts'
import { CallOffQuoteView, CallOffView } from './change-schema.ts'
import { findSequence } from './participant-store.ts'
import { quoteCallOff } from './quote-call-off.ts'
import { actableAppointment } from './read-move.ts'

const params = z.object({ id: z.uuid() })
const tags = ['bookings']
const config = { may: 'act on a booking' } as const

/** Calling off one step of a booking: what it means first, then it is done. */
export const callOffRoutes: FastifyPluginAsyncZod<{ deps: PaymentDeps }> = async (app, { deps }) => {
  app.get(
    '/api/appointments/:id/cancellation',
    {
      config,
      schema: {
        operationId: 'quoteCallOff',
        tags,
        params,
        response: { 200: CallOffQuoteView, ...refusals(401, 403, 404, 409) }
      }
    },
    async ({ scope, actor, params }) => {
      const booking = await actableAppointment(deps, scope, actor, params.id)
      return asSeen(deps, scope, actor, booking, await quoteCallOff(deps, scope, actor, booking, params.id))
    }
  )

  app.post(
    '/api/appointments/:id/cancellation',
    {
      config,
      schema: { operationId: 'callOff', tags, params, response: { 200: CallOffView, ...refusals(401, 403, 404, 409) } }
    },
    async ({ scope, actor, params }) => {
      const { id } = params
      const booking = await actableAppointment(deps, scope, actor, id)
      const { band, refund, fee, decideBy, opens } = await callOff(deps, scope, actor, id)
      const money = (amount: number) => ({ amount, currency: booking.price.currency })
      return asSeen(deps, scope, actor, booking, {
        id,
        opens,
        sequence: await findSequence(deps.db, scope, id),
        band,
        refund: money(refund),
        fee: money(fee),
        decideBy: decideBy ?? undefined
      })
    }
  )
}
