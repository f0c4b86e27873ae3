import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { acceptOffer } from '../../bookings/accept-offer.ts'
import { joinWaitlist, lineLink } from '../../bookings/join-waitlist.ts'
import { leaveWaitlist } from '../../bookings/leave-waitlist.ts'
import { confirmPlace } from '../../bookings/prove-place.ts'
import { keepBooking } from '../../identity/cookies.ts'
import { Problem } from '../../kernel/problem.ts'
import { openChoice } from '../choice.ts'
import type { Faults } from '../components/fields.tsx'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { answerHours } from './book-from-page.tsx'
import type { Given } from './detail-fields.tsx'
import { offerOf } from './offer.ts'
import { ownDetails } from './own-details.ts'
import { PlaceInLine } from './place-in-line.tsx'
import { DetailsForm, formOf, givenOf } from './read-details.ts'
import { readWaiting } from './read-waiting.ts'
import { showPlace } from './show-place.ts'
import { WaitNoted } from './wait-noted.tsx'
import { WaitForm } from './waiting.tsx'

const Sealed = z.object({ sealed: z.string().max(2000) })
const Token = z.object({ token: z.string().max(100) })
const own = { may: 'open one’s own place in line', limit: 'quotes' } as const
const AcceptForm = DetailsForm.pick({ agreed: true, consent: true, termsVersion: true })

/** To wait for dates, and what whoever waits then does on the page that only their mail leads to. */
export const waitingPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  const { settings, secrets } = deps

  app.get(
    '/w/new/:sealed',
    { config: { may: 'wait for dates', limit: 'quotes' }, schema: { hide: true, params: Sealed } },
    async (request, reply) => showForm(request, reply, request.params.sealed, {}, {})
  )

  app.post(
    '/w/new/:sealed',
    {
      config: { may: 'wait for dates', limit: 'bookings', makes: true },
      schema: { hide: true, params: Sealed, body: DetailsForm }
    },
    async (request, reply) => {
      const { scope, actor, params, idToMake } = request
      const choice = openChoice(secrets, scope, params.sealed)
      const who = await ownDetails(deps, request)
      const form = formOf(request.body, who)
      const { person, notMeet, faults } = readWaiting(form, choice.zone)
      if (!person) return showForm(request, reply.code(422), params.sealed, givenOf(form), faults)
      const wish = { edition: choice.edition ?? '', person, notMeet }
      const there = await joinWaitlist(deps, scope, actor, wish, idToMake)
      return personalPage(
        reply.code(202),
        <WaitNoted frame={frameOf(request, settings)} signedIn={who !== undefined} there={there} />
      )
    }
  )

  app.get('/w/:token', { config: own, schema: { hide: true, params: Token } }, async (request, reply) =>
    showLine(request, reply, request.params.token, {})
  )

  app.post(
    '/w/:token',
    { config: { ...own, limit: 'bookings', makes: true }, schema: { hide: true, params: Token, body: AcceptForm } },
    async (request, reply) => {
      const { scope, params, body, idToMake } = request
      if (body.consent !== 'yes')
        return showLine(request, reply.code(422), params.token, {
          consent: 'Agree to the terms, if you want this time'
        })
      const wanted = { together: body.agreed !== 'yes', consent: { termsVersion: Number(body.termsVersion) } }
      const booked = await acceptOffer(deps, scope, params.token, wanted, { id: idToMake }).catch(expected)
      if (booked === 'over') return showLine(request, reply.code(409), params.token, {})
      if (booked === 'terms')
        return showLine(request, reply.code(422), params.token, {
          consent: 'The terms have changed meanwhile. Read them again, then agree'
        })
      const { id, token, payment } = booked
      keepBooking(reply, deps, { booking: id, token, expiresAt: deps.now().plus({ hours: answerHours }) })
      return reply.redirect(payment?.url ?? `/b/${id}`, 303)
    }
  )

  app.post('/w/:token/confirmation', { config: own, schema: { hide: true, params: Token } }, async (request, reply) => {
    const { scope, params } = request
    // Where the mailbox has a place already, that is the one to look at.
    const counts = await confirmPlace(deps, scope, params.token)
    return reply.redirect(new URL(await lineLink(deps, scope, counts)).pathname, 303)
  })

  app.post('/w/:token/leaving', { config: own, schema: { hide: true, params: Token } }, async (request, reply) => {
    const { token } = request.params
    await leaveWaitlist(deps, request.scope, token)
    return reply.redirect(`/w/${encodeURIComponent(token)}`, 303)
  })

  async function showForm(request: FastifyRequest, reply: FastifyReply, sealed: string, given: Given, faults: Faults) {
    const choice = openChoice(secrets, request.scope, sealed)
    const { offer } = await offerOf(deps, request.scope, choice, sealed)
    const frame = frameOf(request, settings)
    const who = await ownDetails(deps, request)
    return personalPage(reply, <WaitForm frame={frame} offer={offer} own={who} given={given} faults={faults} />)
  }

  async function showLine(request: FastifyRequest, reply: FastifyReply, token: string, faults: Faults) {
    const place = await showPlace(deps, request.scope, token)
    const frame = frameOf(request, settings)
    return personalPage(reply, <PlaceInLine frame={frame} token={token} place={place} faults={faults} />)
  }
}

/** What the page itself answers; whatever else is thrown goes on. */
function expected(error: unknown): 'over' | 'terms' {
  if (error instanceof Problem && (error.code === 'offer-over' || error.code === 'no-such-edition')) return 'over'
  if (error instanceof Problem && error.code === 'terms-changed') return 'terms'
  throw error
}
