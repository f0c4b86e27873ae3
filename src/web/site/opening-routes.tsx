import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { askToOpen, openByCode, openMinutes } from '../../bookings/open-by-code.ts'
import { ownBooking } from '../../bookings/read-booking.ts'
import { mustPay } from '../../bookings/standing.ts'
import { forgetBooking, keepBooking } from '../../identity/cookies.ts'
import type { Deps } from '../../kernel/deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { Booking } from './booking.tsx'
import { codeFault } from './code-fault.ts'
import { showBooking } from './show-booking.ts'

const Id = z.object({ id: z.uuid() })
const reading = { may: 'open one’s own booking' } as const
const CodeForm = z.object({ opening: z.string().max(40).default('') })

/** The rest of a booking for who came by the mailed link: a code is mailed, and opens it in this browser. */
export const openingPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  /** The code goes to whoever booked, and opens what they see: the other of two signs in instead. */
  async function codeableBooking({ scope, actor, params }: FastifyRequest & { params: { id: string } }) {
    const booking = await ownBooking(deps, scope, actor, params.id)
    await mustPay(deps.db, scope, actor, booking)
    return booking
  }

  // The mailed link is put away, so that the person who signs in is seen, and not who holds the link.
  app.post('/b/:id/own', { config: reading, schema: { hide: true, params: Id } }, async (request, reply) => {
    forgetBooking(reply, deps.settings, request.params.id)
    return reply.redirect('/sign-in', 303)
  })

  app.post('/b/:id/opening-codes', { config: reading, schema: { hide: true, params: Id } }, async (request, reply) => {
    const { id } = await codeableBooking(request)
    await askToOpen(deps, request.scope, id)
    return reply.redirect(`/b/${id}?asked=yes`, 303)
  })

  app.post(
    '/b/:id/opening',
    { config: reading, schema: { hide: true, params: Id, body: CodeForm } },
    async (request, reply) => {
      const { id } = await codeableBooking(request)
      const digits = request.body.opening.replace(/\D/g, '')
      const outcome = await openByCode(deps, request.scope, id, digits).then(token => ({ token }), codeFault)
      if (typeof outcome === 'object') {
        const expiresAt = deps.now().plus({ minutes: openMinutes })
        keepBooking(reply, deps, { booking: id, token: outcome.token, expiresAt })
        return reply.redirect(`/b/${id}`, 303)
      }
      const booking = await showBooking(deps, request, id)
      const frame = frameOf(request, deps.settings)
      return personalPage(
        reply.code(422),
        <Booking frame={frame} booking={booking} faults={{ opening: outcome }} asked />
      )
    }
  )
}
