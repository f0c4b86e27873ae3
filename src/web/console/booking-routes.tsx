import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answerMove } from '../../bookings/answer-move.ts'
import { cancel } from '../../bookings/cancel.ts'
import { moveAppointment } from '../../bookings/move-appointment.ts'
import { mustBeAhead, quoteCancellation } from '../../bookings/quote-cancellation.ts'
import { actableBooking } from '../../bookings/read-booking.ts'
import { actableAppointment } from '../../bookings/read-move.ts'
import { sightOfBooking } from '../../bookings/see-booking.ts'
import { shows } from '../../identity/sight.ts'
import { Instant, LocalDate } from '../../kernel/time.ts'
import { changeFault } from '../change-fault.ts'
import { MoveTimes } from '../components/move-times.tsx'
import type { WebDeps } from '../deps.ts'
import { moveWindow } from '../move-window.ts'
import { frameOf, personalPage } from '../page.ts'
import { AmountPage } from './amounts.tsx'
import { StaffBookingPage } from './booking.tsx'
import { StaffCancelForm } from './cancel-booking.tsx'
import { showAmounts } from './show-amounts.ts'
import { showStaffBooking } from './show-staff-booking.ts'

const params = z.object({ id: z.uuid() })
/** Which of several appointments: the next one where nothing is said. */
const Which = z.object({ appointment: z.uuid().optional().catch(undefined) })
const From = Which.extend({ from: LocalDate.optional().catch(undefined) })
/** `refund`: what was shown to come back, where the client cancels and the reader may see it (minor units). */
const CancelBody = z.object({
  by: z.enum(['client', 'practice']),
  refund: z.coerce.number().int().min(0).optional()
})
const MoveBody = Which.extend({ start: Instant, agreed: z.literal('yes').optional() })
const AnswerBody = z.object({ appointment: z.uuid(), answer: z.enum(['accept', 'decline']) })
const own = '/console/bookings/:id'
const looking = { config: { may: 'read bookings' }, schema: { hide: true, params, querystring: Which } } as const
const config = { may: 'change clients’ bookings' } as const

/** One booking for staff: looked at, cancelled, moved, and a proposed time answered. */
export const staffBookingPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get(own, looking, async (request, reply) => {
    const { scope, actor, params } = request
    if (shows(await sightOfBooking(deps, scope, actor, params.id), 'time'))
      return show(request, reply, { which: request.query.appointment })
    const frame = frameOf(request, deps.settings)
    const amounts = await showAmounts(deps, scope, actor, params.id)
    return personalPage(reply, <AmountPage frame={frame} {...amounts} zone={scope.practice.zone} />)
  })

  app.get(`${own}/cancellation`, { config, schema: { hide: true, params } }, async (request, reply) =>
    show(request, reply, { safePanel: await cancelPanel(request) })
  )

  app.post(
    `${own}/cancellation`,
    { config, schema: { hide: true, params, body: CancelBody } },
    async (request, reply) => {
      const { id } = await actableBooking(deps, request.scope, request.actor, request.params.id)
      const { by, refund } = request.body
      const cancelled = cancel(deps, request.scope, request.actor, id, { by, shown: refund })
      return after(request, reply, cancelled, cancelPanel)
    }
  )

  app.get(`${own}/move`, { config, schema: { hide: true, params, querystring: From } }, async (request, reply) =>
    show(request, reply, { safePanel: await movePanel(request, request.query), which: request.query.appointment })
  )

  app.post(`${own}/move`, { config, schema: { hide: true, params, body: MoveBody } }, async (request, reply) => {
    const { scope, actor, body } = request
    await actableBooking(deps, scope, actor, request.params.id)
    const { appointment } = await showStaffBooking(deps, scope, actor, request.params.id, body.appointment)
    const agreed = body.agreed === 'yes'
    return after(request, reply, moveAppointment(deps, scope, actor, appointment, body.start, { agreed }))
  })

  app.post(
    `${own}/move-answer`,
    { config, schema: { hide: true, params, body: AnswerBody } },
    async (request, reply) => {
      const { scope, actor, body } = request
      await actableAppointment(deps, scope, actor, body.appointment)
      return after(request, reply, answerMove(deps, scope, actor, body.appointment, body.answer === 'accept'))
    }
  )

  type Asked = FastifyRequest & { params: { id: string } }

  /** Back to the booking; or the same page with what was refused. */
  async function after(
    request: Asked,
    reply: FastifyReply,
    done: Promise<unknown>,
    panel?: (request: Asked) => Promise<JSX.Element>
  ) {
    const fault = await done.then(() => undefined, changeFault)
    if (fault === undefined) return reply.redirect(`/console/bookings/${request.params.id}`, 303)
    return show(request, reply.code(409), { fault, ...(panel && { safePanel: await panel(request) }) })
  }

  async function show(
    request: Asked,
    reply: FastifyReply,
    { safePanel, fault, which }: { safePanel?: JSX.Element; fault?: string; which?: string | undefined } = {}
  ) {
    const { scope, actor, params } = request
    const booking = await showStaffBooking(deps, scope, actor, params.id, which)
    const frame = frameOf(request, deps.settings)
    return personalPage(
      reply,
      <StaffBookingPage frame={frame} booking={booking} zone={scope.practice.zone} fault={fault}>
        {safePanel}
      </StaffBookingPage>
    )
  }

  async function cancelPanel(request: Asked) {
    const { scope, actor, params } = request
    const booking = await actableBooking(deps, scope, actor, params.id)
    const quotes = {
      practice: await quoteCancellation(deps, scope, actor, booking, 'practice'),
      client: await quoteCancellation(deps, scope, actor, booking, 'client')
    }
    const sums = shows(await sightOfBooking(deps, scope, actor, booking.id), 'amounts') ? quotes : undefined
    return <StaffCancelForm frame={frameOf(request, deps.settings)} booking={booking.id} quotes={sums} />
  }

  async function movePanel(request: Asked, { from, appointment }: z.infer<typeof From>) {
    const { scope, actor, params } = request
    const booking = await actableBooking(deps, scope, actor, params.id)
    const { start, appointment: id, series } = await showStaffBooking(deps, scope, actor, params.id, appointment)
    mustBeAhead(booking, start, deps.now())
    const { type: _, ...window } = await moveWindow(deps, scope, booking, scope.practice.zone, { id, start }, from)
    const action = `/console/bookings/${booking.id}/move`
    const which = series.length > 0 ? { appointment: id } : {}
    return (
      <MoveTimes frame={frameOf(request, deps.settings)} action={action} {...which} {...window}>
        <p>
          <label>
            <input type="checkbox" name="agreed" value="yes" /> The client has agreed already: move it at once. Without
            this we ask by mail, and it stays as it is until the client says yes.
          </label>
        </p>
      </MoveTimes>
    )
  }
}
