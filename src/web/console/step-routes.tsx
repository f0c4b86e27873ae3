import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callOff } from '../../bookings/call-off.ts'
import { layStep } from '../../bookings/lay-step.ts'
import { quoteCallOff } from '../../bookings/quote-call-off.ts'
import { actableBooking } from '../../bookings/read-booking.ts'
import { actableAppointment } from '../../bookings/read-move.ts'
import { sightOfBooking } from '../../bookings/see-booking.ts'
import { shows } from '../../identity/sight.ts'
import { notFound } from '../../kernel/problem.ts'
import { Instant, LocalDate } from '../../kernel/time.ts'
import { changeFault } from '../change-fault.ts'
import { MoveTimes } from '../components/move-times.tsx'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { stepWindow } from '../step-window.ts'
import { StaffBookingPage } from './booking.tsx'
import { StaffCallOffForm } from './call-off.tsx'
import { showStaffBooking } from './show-staff-booking.ts'

const params = z.object({ id: z.uuid() })
const Step = params.extend({ step: z.coerce.number().int().min(0).max(200) })
const From = z.object({ from: LocalDate.optional().catch(undefined) })
const Which = z.object({ appointment: z.uuid() })
/** `fee`: what was shown to be kept, where the client calls it off and the reader may see it (minor units). */
const CallOffBody = Which.extend({
  by: z.enum(['client', 'practice']),
  fee: z.coerce.number().int().min(0).optional()
})
const config = { may: 'change clients’ bookings' } as const

/** One step of a booking is called off, or gets its time, by the practice or for a client who told it. */
export const staffStepPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get(
    '/console/bookings/:id/call-off',
    { config, schema: { hide: true, params, querystring: Which } },
    async (request, reply) => personalPage(reply, await callOffPage(request, request.query.appointment))
  )

  app.post(
    '/console/bookings/:id/call-off',
    { config, schema: { hide: true, params, body: CallOffBody } },
    async (request, reply) => {
      const { scope, actor, params, body } = request
      const { appointment, by, fee } = body
      const booking = await actableAppointment(deps, scope, actor, appointment)
      if (booking.id !== params.id) throw notFound('There is no such appointment here')
      const done = callOff(deps, scope, actor, appointment, { by, shown: fee })
      const fault = await done.then(() => undefined, changeFault)
      if (fault === undefined) return reply.redirect(`/console/bookings/${booking.id}`, 303)
      return personalPage(reply.code(409), await callOffPage(request, appointment, fault))
    }
  )

  app.get(
    '/console/bookings/:id/steps/:step',
    { config, schema: { hide: true, params: Step, querystring: From } },
    async (request, reply) => personalPage(reply, await stepPage(request, request.query.from))
  )

  app.post(
    '/console/bookings/:id/steps/:step',
    { config, schema: { hide: true, params: Step, body: z.object({ start: Instant }) } },
    async (request, reply) => {
      const { scope, actor, params, body } = request
      const { id } = await actableBooking(deps, scope, actor, params.id)
      const laid = layStep(deps, scope, actor, id, { step: params.step, start: body.start })
      const fault = await laid.then(() => undefined, changeFault)
      if (fault === undefined) return reply.redirect(`/console/bookings/${id}`, 303)
      return personalPage(reply.code(409), await stepPage(request, undefined, fault))
    }
  )

  type Asked = Parameters<typeof frameOf>[0] & { params: { id: string } }

  async function callOffPage(request: Asked, appointment: string, fault?: string) {
    const { scope, actor, params } = request
    const booking = await actableAppointment(deps, scope, actor, appointment)
    if (booking.id !== params.id) throw notFound('There is no such appointment here')
    const quote = await quoteCallOff(deps, scope, actor, booking, appointment, 'client')
    const sums = shows(await sightOfBooking(deps, scope, actor, booking.id), 'amounts')
    const frame = frameOf(request, deps.settings)
    const { zone } = scope.practice
    const form = { frame, booking: booking.id, appointment, zone, quote, sums }
    return around(request, fault, appointment, <StaffCallOffForm {...form} />)
  }

  async function stepPage(request: Asked & { params: { step: number } }, asked: string | undefined, fault?: string) {
    const { scope, actor, params } = request
    const booking = await actableBooking(deps, scope, actor, params.id)
    const times = await stepWindow(deps, scope, actor, booking, params.step, scope.practice.zone, asked)
    if (!times) throw notFound('This step has its time. It is on the page of the booking')
    const action = `/console/bookings/${booking.id}/steps/${params.step}`
    return around(
      request,
      fault,
      undefined,
      <MoveTimes frame={frameOf(request, deps.settings)} action={action} {...times}>
        <p>Choose its time. Everybody who takes part is told.</p>
      </MoveTimes>
    )
  }

  async function around(request: Asked, fault: string | undefined, which: string | undefined, safePanel: JSX.Element) {
    const { scope, actor, params } = request
    const booking = await showStaffBooking(deps, scope, actor, params.id, which)
    const frame = frameOf(request, deps.settings)
    return (
      <StaffBookingPage frame={frame} booking={booking} zone={scope.practice.zone} fault={fault}>
        {safePanel}
      </StaffBookingPage>
    )
  }
}
