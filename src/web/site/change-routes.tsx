import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answerMove } from '../../bookings/answer-move.ts'
import { cancel } from '../../bookings/cancel.ts'
import { moveAppointment } from '../../bookings/move-appointment.ts'
import { needsYes } from '../../bookings/moving.ts'
import { mustBeAhead, quoteCancellation } from '../../bookings/quote-cancellation.ts'
import { actableBooking } from '../../bookings/read-booking.ts'
import { actableAppointment } from '../../bookings/read-move.ts'
import { Instant, LocalDate } from '../../kernel/time.ts'
import { changeFault } from '../change-fault.ts'
import { MoveTimes } from '../components/move-times.tsx'
import type { WebDeps } from '../deps.ts'
import { moveWindow } from '../move-window.ts'
import { frameOf, personalPage } from '../page.ts'
import { CancelForm, ChangePage } from './change-booking.tsx'
import { showBooking } from './show-booking.ts'

const params = z.object({ id: z.uuid() })
const config = { may: 'act on a booking', as: 'booking' } as const
const From = z.object({ from: LocalDate.optional().catch(undefined) })
const CancelBody = z.object({ refund: z.coerce.number().int().min(0) })
const MoveBody = z.object({ start: Instant })
const AnswerBody = z.object({ appointment: z.uuid(), answer: z.enum(['accept', 'decline']) })

/** Changing the time and cancelling, for whoever has opened all of the booking. */
export const changePages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/b/:id/cancellation', { config, schema: { hide: true, params } }, async (request, reply) =>
    personalPage(reply, await cancelPage(request))
  )

  app.post(
    '/b/:id/cancellation',
    { config, schema: { hide: true, params, body: CancelBody } },
    async (request, reply) => {
      const { id } = await actableBooking(deps, request.scope, request.actor, request.params.id)
      const fault = await cancel(deps, request.scope, request.actor, id, request.body.refund).then(none, changeFault)
      if (fault === undefined) return reply.redirect(`/b/${id}`, 303)
      return personalPage(reply.code(409), await cancelPage(request, fault))
    }
  )

  app.get('/b/:id/move', { config, schema: { hide: true, params, querystring: From } }, async (request, reply) =>
    personalPage(reply, await movePage(request, request.query.from))
  )

  app.post('/b/:id/move', { config, schema: { hide: true, params, body: MoveBody } }, async (request, reply) => {
    const { scope, actor, body } = request
    const { id } = await actableBooking(deps, scope, actor, request.params.id)
    const { appointments } = await showBooking(deps, request, id)
    const appointment = appointments[0]?.id ?? ''
    const fault = await moveAppointment(deps, scope, actor, appointment, body.start).then(none, changeFault)
    if (fault === undefined) return reply.redirect(`/b/${id}`, 303)
    return personalPage(reply.code(409), await movePage(request, undefined, fault))
  })

  app.post(
    '/b/:id/move-answer',
    { config, schema: { hide: true, params, body: AnswerBody } },
    async (request, reply) => {
      const { scope, actor, body } = request
      const { id } = await actableBooking(deps, scope, actor, request.params.id)
      await actableAppointment(deps, scope, actor, body.appointment)
      const accept = body.answer === 'accept'
      const fault = await answerMove(deps, scope, actor, body.appointment, accept).then(none, changeFault)
      if (fault === undefined) return reply.redirect(`/b/${id}`, 303)
      return personalPage(reply.code(409), await movePage(request, undefined, fault))
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
      <ChangePage frame={frame} booking={shown} heading="Cancel this appointment?" fault={fault}>
        <CancelForm frame={frame} booking={shown} quote={quote} />
      </ChangePage>
    )
  }

  async function movePage(request: Asked, from: string | undefined, fault?: string) {
    const { scope, actor } = request
    const booking = await actableBooking(deps, scope, actor, request.params.id)
    const shown = await showBooking(deps, request, booking.id)
    const start = shown.appointments[0]?.start
    mustBeAhead(booking, start, deps.now())
    const { type, ...window } = await moveWindow(deps, scope, booking, shown.zone, start ?? deps.now(), from)
    const asks = !!start && needsYes('client', type, start, deps.now(), scope.practice.zone)
    const frame = frameOf(request, deps.settings)
    return (
      <ChangePage frame={frame} booking={shown} heading="Change the time" fault={fault}>
        <p>
          {asks
            ? 'The time for free changes is over, so we are asked first. Until we say yes, the appointment stays as it is.'
            : 'Choose a time, and the appointment is moved at once. Nothing is to be paid again.'}
        </p>
        <MoveTimes frame={frame} action={`/b/${booking.id}/move`} {...window} />
      </ChangePage>
    )
  }
}

const none = () => undefined
