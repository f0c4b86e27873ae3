import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { cancel } from '../../bookings/cancel.ts'
import { quoteCancellation } from '../../bookings/quote-cancellation.ts'
import { actableBooking } from '../../bookings/read-booking.ts'
import { seesPayment } from '../../bookings/standing.ts'
import { changeFault } from '../change-fault.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { CancelForm, ChangePage } from './change-booking.tsx'
import { showBooking } from './show-booking.ts'

const params = z.object({ id: z.uuid() })
const config = { may: 'act on one’s own booking' } as const
/** `refund`: what was shown to come back (minor units); whoever does not pay was shown none. */
const CancelBody = z.object({ refund: z.coerce.number().int().min(0).optional() })

/** Cancelling, for whoever has opened all of the booking. */
export const cancellationPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/b/:id/cancellation', { config, schema: { hide: true, params } }, async (request, reply) =>
    personalPage(reply, await cancelPage(request))
  )

  app.post(
    '/b/:id/cancellation',
    { config, schema: { hide: true, params, body: CancelBody } },
    async (request, reply) => {
      const { id, bookerId } = await actableBooking(deps, request.scope, request.actor, request.params.id)
      // Who pays has seen the sum before, or sees it now.
      const pays = await seesPayment(deps.db, request.scope, request.actor, { id, bookerId })
      if (pays && request.body.refund === undefined) return personalPage(reply, await cancelPage(request))
      const cancelled = cancel(deps, request.scope, request.actor, id, { shown: request.body.refund })
      const fault = await cancelled.then(none, changeFault)
      if (fault === undefined) return reply.redirect(`/b/${id}`, 303)
      return personalPage(reply.code(409), await cancelPage(request, fault))
    }
  )

  type Asked = Parameters<typeof showBooking>[1] & { params: { id: string } }

  async function cancelPage(request: Asked, fault?: string) {
    const { scope, actor } = request
    const booking = await actableBooking(deps, scope, actor, request.params.id)
    const quote = await quoteCancellation(deps, scope, actor, booking)
    const shown = await showBooking(deps, request, booking.id)
    const frame = frameOf(request, deps.settings)
    return (
      <ChangePage
        frame={frame}
        booking={shown}
        heading={shown.series ? 'End these times?' : 'Cancel this appointment?'}
        fault={fault}
      >
        <CancelForm frame={frame} booking={shown} quote={quote} pays={shown.standing === 'booker'} />
      </ChangePage>
    )
  }
}

const none = () => undefined
