import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { quoteSkip } from '../../bookings/quote-skip.ts'
import { actableAppointment } from '../../bookings/read-move.ts'
import { skipAppointment } from '../../bookings/skip-appointment.ts'
import { seesPayment } from '../../bookings/standing.ts'
import { notFound } from '../../kernel/problem.ts'
import { changeFault } from '../change-fault.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { ChangePage } from './change-booking.tsx'
import { showBooking } from './show-booking.ts'
import { SkipForm } from './skip-booking.tsx'

const params = z.object({ id: z.uuid() })
const config = { may: 'act on one’s own booking' } as const
const Which = z.object({ appointment: z.uuid() })
/** `refund`: what was shown to come back (minor units); whoever does not pay was shown none. */
const SkipBody = Which.extend({ refund: z.coerce.number().int().min(0).optional() })

/** Skipping one of several, for whoever has opened all of the booking. */
export const skipPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/b/:id/skip', { config, schema: { hide: true, params, querystring: Which } }, async (request, reply) =>
    personalPage(reply, await skipPage(request, request.query.appointment))
  )

  app.post('/b/:id/skip', { config, schema: { hide: true, params, body: SkipBody } }, async (request, reply) => {
    const { scope, actor, body, params } = request
    const booking = await actableAppointment(deps, scope, actor, body.appointment)
    if (booking.id !== params.id) throw notFound('There is no such appointment here')
    // Who pays has seen the sum before, or sees it now.
    if (body.refund === undefined && (await seesPayment(deps.db, scope, actor, booking)))
      return personalPage(reply, await skipPage(request, body.appointment))
    const skipped = skipAppointment(deps, scope, actor, body.appointment, { shown: body.refund })
    const fault = await skipped.then(() => undefined, changeFault)
    if (fault === undefined) return reply.redirect(`/b/${booking.id}`, 303)
    return personalPage(reply.code(409), await skipPage(request, body.appointment, fault))
  })

  type Asked = Parameters<typeof showBooking>[1] & { params: { id: string } }

  async function skipPage(request: Asked, appointment: string, fault?: string) {
    const { scope, actor, params } = request
    const booking = await actableAppointment(deps, scope, actor, appointment)
    if (booking.id !== params.id) throw notFound('There is no such appointment here')
    const quote = await quoteSkip(deps, scope, actor, booking, appointment)
    const shown = await showBooking(deps, request, booking.id)
    const about = shown.appointments.find(({ id }) => id === appointment)
    const frame = frameOf(request, deps.settings)
    const form = { frame, booking: shown, appointment, quote, pays: shown.standing === 'booker' }
    return (
      <ChangePage frame={frame} booking={shown} heading="Skip this one?" fault={fault} {...(about && { about })}>
        <SkipForm {...form} />
      </ChangePage>
    )
  }
}
