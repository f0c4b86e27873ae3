import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { bookForCaller } from '../../bookings/book-for-caller.ts'
import { LocalDate } from '../../kernel/time.ts'
import { Slug } from '../../kernel/wire.ts'
import type { Faults } from '../components/fields.tsx'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { OftenQuery } from '../site/often.ts'
import { clientIn } from './caller-fields.tsx'
import { NewBooking, type NewBookingGiven } from './new-booking.tsx'
import { faultsOf, NewBookingForm, readNewBooking } from './new-booking-form.ts'
import { readNewBookingPage } from './read-new-booking.ts'

const Query = OftenQuery.extend({
  type: Slug.optional().catch(undefined),
  from: LocalDate.optional().catch(undefined),
  client: z.uuid().optional().catch(undefined)
})
const config = { may: 'book for callers' } as const

/** A booking for a caller. What is refused comes back on the same page, with every word that was typed. */
export const newBookingPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/console/new-booking', { config, schema: { hide: true, querystring: Query } }, async (request, reply) =>
    show(request, reply, request.query)
  )

  app.post(
    '/console/new-booking',
    { config: { ...config, makes: true }, schema: { hide: true, body: NewBookingForm } },
    async (request, reply) => {
      const { scope, actor, body, idToMake } = request
      const { wanted, faults } = readNewBooking(body, scope.practice.zone)
      const booked =
        wanted && (await bookForCaller(deps, scope, actor, wanted, idToMake).catch((error: unknown) => faultsOf(error)))
      if (typeof booked === 'string') return reply.redirect(`/console/bookings/${booked}`, 303)
      const { type, from, times, every, open } = body
      const client = clientIn(body.caller)
      return show(request, reply.code(422), { type, from, client, times, every, open }, body, booked ?? faults)
    }
  )

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: z.infer<typeof Query>,
    given: NewBookingGiven = {},
    faults: Faults = {}
  ) {
    const { scope, actor } = request
    const page = await readNewBookingPage(deps, scope, actor, { ...asked, often: asked })
    const frame = frameOf(request, deps.settings)
    const chosen = { ...given, caller: given.caller ?? page.caller }
    return personalPage(reply, <NewBooking frame={frame} {...page} given={chosen} faults={faults} />)
  }
}
