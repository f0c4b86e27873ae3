import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callOff } from '../../bookings/call-off.ts'
import { quoteCallOff } from '../../bookings/quote-call-off.ts'
import { actableAppointment } from '../../bookings/read-move.ts'
import { seesPayment } from '../../bookings/standing.ts'
import { notFound } from '../../kernel/problem.ts'
import { changeFault } from '../change-fault.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { CallOffForm } from './call-off.tsx'
import { ChangePage } from './change-booking.tsx'
import { showBooking } from './show-booking.ts'

const params = z.object({ id: z.uuid() })
const config = { may: 'act on one’s own booking' } as const
const Which = z.object({ appointment: z.uuid() })
/** `fee`: what was shown to be kept (minor units); whoever does not pay was shown none. */
const CallOffBody = Which.extend({ fee: z.coerce.number().int().min(0).optional() })

/** Calling off one step, for whoever has opened all of the booking. */
export const callOffPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/b/:id/call-off', { config, schema: { hide: true, params, querystring: Which } }, async (request, reply) =>
    personalPage(reply, await page(request, request.query.appointment))
  )

  app.post('/b/:id/call-off', { config, schema: { hide: true, params, body: CallOffBody } }, async (request, reply) => {
    const { scope, actor, body, params } = request
    const { appointment, fee } = body
    const booking = await actableAppointment(deps, scope, actor, appointment)
    if (booking.id !== params.id) throw notFound('There is no such appointment here')
    // Who pays has seen the sum before, or sees it now.
    if (fee === undefined && (await seesPayment(deps.db, scope, actor, booking)))
      return personalPage(reply, await page(request, appointment))
    const done = callOff(deps, scope, actor, appointment, { shown: fee })
    const fault = await done.then(() => undefined, changeFault)
    if (fault === undefined) return reply.redirect(`/b/${booking.id}`, 303)
    return personalPage(reply.code(409), await page(request, appointment, fault))
  })

  type Asked = Parameters<typeof showBooking>[1] & { params: { id: string } }

  async function page(request: Asked, appointment: string, fault?: string) {
    const { scope, actor, params } = request
    const booking = await actableAppointment(deps, scope, actor, appointment)
    if (booking.id !== params.id) throw notFound('There is no such appointment here')
    const quote = await quoteCallOff(deps, scope, actor, booking, appointment)
    const shown = await showBooking(deps, request, booking.id)
    const about = shown.appointments.find(({ id }) => id === appointment)
    const frame = frameOf(request, deps.settings)
    const form = { frame, booking: shown, appointment, quote, pays: shown.standing === 'booker' }
    return (
      <ChangePage frame={frame} booking={shown} heading="Call this one off?" fault={fault} {...(about && { about })}>
        <CallOffForm {...form} />
      </ChangePage>
    )
  }
}
