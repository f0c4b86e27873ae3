import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { refusals } from '../kernel/wire.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { asSeen } from './as-seen.ts'
import { SkipQuoteView, SkipView } from './change-schema.ts'
import { findSequence } from './participant-store.ts'
import { quoteSkip } from './quote-skip.ts'
import { actableAppointment } from './read-move.ts'
import { skipAppointment } from './skip-appointment.ts'

const params = z.object({ id: z.uuid() })
const tags = ['bookings']
const config = { may: 'act on a booking' } as const

/** Letting one appointment of several fall: the exact sum first, then it is done. */
export const skipRoutes: FastifyPluginAsyncZod<{ deps: PaymentDeps }> = async (app, { deps }) => {
  app.get(
    '/api/appointments/:id/skip',
    {
      config,
      schema: {
        operationId: 'quoteSkip',
        tags,
        params,
        response: { 200: SkipQuoteView, ...refusals(401, 403, 404, 409) }
      }
    },
    async ({ scope, actor, params }) => {
      const booking = await actableAppointment(deps, scope, actor, params.id)
      return asSeen(deps, scope, actor, booking, await quoteSkip(deps, scope, actor, booking, params.id))
    }
  )

  app.post(
    '/api/appointments/:id/skip',
    {
      config,
      schema: { operationId: 'skip', tags, params, response: { 200: SkipView, ...refusals(401, 403, 404, 409) } }
    },
    async ({ scope, actor, params }) => {
      const { id } = params
      const booking = await actableAppointment(deps, scope, actor, id)
      const { band, refund, fee, decideBy } = await skipAppointment(deps, scope, actor, id)
      const money = (amount: number) => ({ amount, currency: booking.price.currency })
      return asSeen(deps, scope, actor, booking, {
        id,
        state: 'skipped' as const,
        sequence: await findSequence(deps.db, scope, id),
        band,
        refund: money(refund),
        fee: money(fee),
        decideBy: decideBy ?? undefined
      })
    }
  )
}
