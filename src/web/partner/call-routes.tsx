import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { confirmByCode, sendCode } from '../../bookings/confirm.ts'
import { readBooking } from '../../bookings/read-booking.ts'
import { timesOf } from '../../bookings/times-of.ts'
import type { Actor } from '../../identity/actor.ts'
import { openLink } from '../../identity/links.ts'
import { notFound } from '../../kernel/problem.ts'
import { LocalDate, Zone } from '../../kernel/time.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { codeFault } from '../site/code-fault.ts'
import { DetailsForm } from '../site/read-details.ts'
import { bookCall, choiceOf, showDetails } from './book-call.tsx'
import { CallTimesPage } from './call.tsx'
import { CallCode, CallConfirmed } from './call-code.tsx'
import { callTimes } from './call-times.ts'
import { findCallType } from './call-type.ts'
import { backTo, From } from './general-routes.tsx'

const Week = z.object({ from: LocalDate.optional().catch(undefined), zone: Zone.optional().catch(undefined) })
const Slot = z.object({ slot: z.string().max(200), zone: Zone })
const Held = z.object({ booking: z.uuid(), token: z.string().max(100), zone: Zone })
const Code = Held.extend({ code: z.string().max(40).default('') })
const booking = { may: 'book', unasked: true, limit: 'quotes' } as const

/**
 * The partner's own call, from a time to a confirmed booking, on one page. No cookie is read or given, it is tied to no
 * invitation, and with JavaScript the whole way is one entry in the browser's history.
 */
export const callPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  const { settings } = deps

  for (const from of ['/p', '/p/:token'])
    app.get(
      `${from}/call`,
      {
        config: { may: 'read slots', unasked: true, limit: 'windows' },
        schema: { hide: true, params: From, querystring: Week }
      },
      async (request, reply) => {
        const { scope, query, params } = request
        const type = await findCallType(deps, scope)
        if (!type) throw notFound('There is no free call to book. Ask us on the contact page')
        const zone = query.zone ?? scope.practice.zone
        const times = await callTimes(deps, scope, type, { from: query.from, zone })
        const frame = frameOf(request, settings)
        return personalPage(reply, <CallTimesPage frame={frame} times={times} zone={zone} back={backTo(params)} />)
      }
    )

  // Back in the browser, without JavaScript: a form's address that is asked for leads to the times.
  for (const step of ['details', 'booking', 'confirmation', 'codes'])
    app.get(`/p/call/${step}`, { config: booking, schema: { hide: true } }, async (_request, reply) =>
      reply.redirect('/p/call', 303)
    )

  app.post('/p/call/details', { config: booking, schema: { hide: true, body: Slot } }, async (request, reply) => {
    const choice = await choiceOf(deps, request.scope, request.body)
    return showDetails(deps, request, reply, choice, { slot: request.body.slot, given: {}, faults: {} })
  })

  app.post(
    '/p/call/booking',
    {
      config: { may: 'book', unasked: true, limit: 'bookings', makes: true },
      schema: { hide: true, body: DetailsForm.extend(Slot.shape) }
    },
    async (request, reply) => bookCall(deps, request, reply, request.body)
  )

  app.post('/p/call/codes', { config: booking, schema: { hide: true, body: Held } }, async (request, reply) => {
    const { scope, body } = request
    await holderOf(request, body)
    await sendCode(deps, scope, body.booking)
    return personalPage(reply, <CallCode frame={frameOf(request, settings)} {...body} again />)
  })

  app.post('/p/call/confirmation', { config: booking, schema: { hide: true, body: Code } }, async (request, reply) =>
    confirm(request, reply, request.body)
  )

  async function confirm(request: FastifyRequest, reply: FastifyReply, { code, ...held }: z.output<typeof Code>) {
    const { scope } = request
    const frame = frameOf(request, settings)
    const actor = await holderOf(request, held)
    const fault = await confirmByCode(deps, scope, held.booking, code.replace(/\D/g, '')).catch(codeFault)
    if (fault) return personalPage(reply.code(422), <CallCode frame={frame} {...held} fault={fault} />)
    const { appointments } = await readBooking(deps, scope, actor, held.booking)
    const zones = { zone: held.zone, practiceZone: scope.practice.zone }
    return personalPage(reply, <CallConfirmed frame={frame} appointments={timesOf(appointments)} {...zones} />)
  }

  /** Whoever has the token that the booking's page carries. @throws not-found, whatever is wrong with it */
  async function holderOf({ scope }: FastifyRequest, { booking, token }: z.output<typeof Held>): Promise<Actor> {
    const link = await openLink(deps.db, scope, token, deps.now())
    if (link?.purpose !== 'booking_answer' || link.subject !== booking)
      throw notFound('This page is not here any more. Choose a time again')
    return { kind: 'booking', booking, person: link.person, purpose: link.purpose }
  }
}
