import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { quoteSkip } from '../../bookings/quote-skip.ts'
import { actableAppointment } from '../../bookings/read-move.ts'
import { sightOfBooking } from '../../bookings/see-booking.ts'
import { skipAppointment } from '../../bookings/skip-appointment.ts'
import { shows } from '../../identity/sight.ts'
import { notFound } from '../../kernel/problem.ts'
import { changeFault } from '../change-fault.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { StaffBookingPage } from './booking.tsx'
import { showStaffBooking } from './show-staff-booking.ts'
import { StaffSkipForm } from './skip-booking.tsx'

const params = z.object({ id: z.uuid() })
const Which = z.object({ appointment: z.uuid() })
/** `refund`: what was shown to come back, where the client skips and the reader may see it (minor units). */
const SkipBody = Which.extend({
  by: z.enum(['client', 'practice']),
  refund: z.coerce.number().int().min(0).optional()
})
const config = { may: 'change clients’ bookings' } as const

/** One of several times is skipped, by the practice or for a client who told it. */
export const staffSkipPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get(
    '/console/bookings/:id/skip',
    { config, schema: { hide: true, params, querystring: Which } },
    async (request, reply) => personalPage(reply, await skipPage(request, request.query.appointment))
  )

  app.post(
    '/console/bookings/:id/skip',
    { config, schema: { hide: true, params, body: SkipBody } },
    async (request, reply) => {
      const { scope, actor, params, body } = request
      const { appointment, by, refund } = body
      const booking = await actableAppointment(deps, scope, actor, appointment)
      if (booking.id !== params.id) throw notFound('There is no such appointment here')
      const skipped = skipAppointment(deps, scope, actor, appointment, { by, shown: refund })
      const fault = await skipped.then(() => undefined, changeFault)
      if (fault === undefined) return reply.redirect(`/console/bookings/${booking.id}`, 303)
      return personalPage(reply.code(409), await skipPage(request, appointment, fault))
    }
  )

  type Asked = Parameters<typeof frameOf>[0] & { params: { id: string } }

  async function skipPage(request: Asked, appointment: string, fault?: string) {
    const { scope, actor, params } = request
    const booking = await actableAppointment(deps, scope, actor, appointment)
    if (booking.id !== params.id) throw notFound('There is no such appointment here')
    const quotes = {
      practice: await quoteSkip(deps, scope, actor, booking, appointment, 'practice'),
      client: await quoteSkip(deps, scope, actor, booking, appointment, 'client')
    }
    const sums = shows(await sightOfBooking(deps, scope, actor, booking.id), 'amounts') ? quotes : undefined
    const shown = await showStaffBooking(deps, scope, actor, booking.id, appointment)
    const frame = frameOf(request, deps.settings)
    return (
      <StaffBookingPage frame={frame} booking={shown} zone={scope.practice.zone} fault={fault}>
        <StaffSkipForm frame={frame} booking={booking.id} appointment={appointment} quotes={sums} />
      </StaffBookingPage>
    )
  }
}
