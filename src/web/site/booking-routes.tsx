import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answers } from '../../bookings/acceptance.ts'
import { answerBooking } from '../../bookings/answer-booking.ts'
import { confirmByCode, sendCode } from '../../bookings/confirm.ts'
import { letGo } from '../../bookings/let-go.ts'
import { openPayment } from '../../bookings/open-payment.ts'
import { ownBooking, payableBooking } from '../../bookings/read-booking.ts'
import { returnFromPaying } from '../../bookings/return-from-paying.ts'
import { notFound } from '../../kernel/problem.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { Booking } from './booking.tsx'
import { calendarFile } from './calendar-file.ts'
import { codeFault } from './code-fault.ts'
import { openByMail } from './open-by-mail.ts'
import { showBooking } from './show-booking.ts'

const Id = z.object({ id: z.uuid() })
const own = '/b/:id'
/** Said by the address after a code was asked for. */
const Asked = z.object({ asked: z.literal('yes').optional().catch(undefined) })
const reading = { config: { may: 'open one’s own booking' }, schema: { hide: true, params: Id } } as const

/** One booking, for the browser that made it and for the link in its mails. */
export const bookingPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  // A mailed token is as long as 32 bytes in base64url, a booking's id is a UUID; who may read it is asked in showBooking.
  app.get(
    own,
    {
      config: { may: 'return from paying' },
      schema: { hide: true, params: z.object({ id: z.string() }), querystring: Asked }
    },
    async (request, reply) => {
      const { id } = request.params
      if (id.length === 43) return reply.redirect(`/b/${await openByMail(deps, request, reply, id)}`, 303)
      if (!Id.safeParse({ id }).success) throw notFound('There is no such page')
      const booking = await showBooking(deps, request, id)
      const asked = request.query.asked === 'yes'
      return personalPage(
        reply,
        <Booking frame={frameOf(request, deps.settings)} booking={booking} faults={{}} asked={asked} />
      )
    }
  )

  app.get(`${own}/appointment.ics`, reading, async (request, reply) => {
    const { id } = await ownBooking(deps, request.scope, request.actor, request.params.id)
    const file = await calendarFile(deps, request.scope, request.actor, id)
    return reply
      .headers({ 'content-disposition': 'attachment; filename="appointment.ics"', 'cache-control': 'no-store' })
      .type('text/calendar; charset=utf-8; method=PUBLISH')
      .send(file)
  })

  app.post(
    `${own}/acceptance`,
    {
      config: { may: 'change one’s own things', as: 'booking' },
      schema: { hide: true, params: Id, body: z.object({ answer: z.enum(answers) }) }
    },
    async ({ scope, actor, params, body }, reply) => {
      await answerBooking(deps, scope, actor, params.id, body)
      return reply.redirect(body.answer === 'accept' ? `/b/${params.id}` : '/me', 303)
    }
  )

  app.post(
    `${own}/payment`,
    { config: { may: 'act on one’s own booking' }, schema: { hide: true, params: Id } },
    async (request, reply) => {
      const { id } = await payableBooking(deps, request.scope, request.actor, request.params.id)
      return reply.redirect((await openPayment(deps, request.scope, id)).url, 303)
    }
  )

  app.post(
    `${own}/release`,
    { config: { may: 'act on one’s own booking' }, schema: { hide: true, params: Id } },
    async (request, reply) => {
      const booking = await ownBooking(deps, request.scope, request.actor, request.params.id)
      await letGo(deps, request.scope, request.actor, booking)
      return reply.redirect(`/b/${booking.id}`, 303)
    }
  )

  app.post(
    `${own}/codes`,
    { config: { may: 'act on one’s own booking' }, schema: { hide: true, params: Id } },
    async (request, reply) => {
      const { id } = await payableBooking(deps, request.scope, request.actor, request.params.id)
      await sendCode(deps, request.scope, id)
      return reply.redirect(`/b/${id}`, 303)
    }
  )

  // Back, from the page after a wrong code: a form's address that is asked for leads to the booking itself.
  for (const form of ['confirmation', 'opening', 'payment', 'release'])
    app.get(`${own}/${form}`, reading, async ({ params }, reply) => reply.redirect(`/b/${params.id}`, 303))

  app.post(
    `${own}/confirmation`,
    {
      config: { may: 'act on one’s own booking' },
      schema: { hide: true, params: Id, body: z.object({ code: z.string().max(40).default('') }) }
    },
    async (request, reply) => {
      const { id } = await payableBooking(deps, request.scope, request.actor, request.params.id)
      const fault = await confirmByCode(deps, request.scope, id, request.body.code.replace(/\D/g, '')).catch(codeFault)
      if (!fault) return reply.redirect(`/b/${id}`, 303)
      const booking = await showBooking(deps, request, id)
      const frame = frameOf(request, deps.settings)
      return personalPage(
        reply.code(422),
        <Booking frame={frame} booking={booking} faults={{ code: fault }} asked={false} />
      )
    }
  )

  app.get(
    '/x/:attempt',
    { config: { may: 'return from paying' }, schema: { hide: true, params: z.object({ attempt: z.uuid() }) } },
    async (request, reply) => {
      const booking = await returnFromPaying(deps, request.scope, request.params.attempt)
      if (!booking) throw notFound('There is no such payment')
      return reply.header('cache-control', 'no-store').redirect(`/b/${booking}`, 303)
    }
  )
}
