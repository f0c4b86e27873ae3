import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { hasOpenSteps, isWholeWithSteps } from '../../catalog/plan.ts'
import { findPublicType } from '../../catalog/read-session-types.ts'
import { isApart, linkBase } from '../../identity/scope.ts'
import { invalid } from '../../kernel/problem.ts'
import { Zone } from '../../kernel/time.ts'
import { Slug } from '../../kernel/wire.ts'
import { Choice, openChoice, sealChoice } from '../choice.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { bookFromPage } from './book-from-page.tsx'
import { choiceOfDates } from './choice-of-dates.ts'
import { Details } from './details.tsx'
import { goneMeanwhile, showEach } from './each-routes.tsx'
import { offerOf } from './offer.ts'
import { OftenQuery, oftenOf } from './often.ts'
import { ownDetails } from './own-details.ts'
import { ownHold } from './own-hold.ts'
import { DetailsForm, givenOf } from './read-details.ts'
import { Taken } from './taken.tsx'

/** A slot's button: `start therapist place`, of a type, read in a zone. */
const ChoiceForm = OftenQuery.extend({ type: Slug, slot: z.string().max(200), zone: z.string() })
/** A button of dates: which of a type. */
const DatesForm = z.object({ type: Slug, edition: z.uuid(), zone: Zone })
const Sealed = z.object({ sealed: z.string().max(2000) })

/** From a chosen time to a booking: the choice, the details, the yes. */
export const chooseRoutes: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  const { secrets, settings } = deps

  app.post(
    '/b',
    { config: { may: 'ask for a quote', limit: 'quotes' }, schema: { hide: true, body: ChoiceForm } },
    async (request, reply) => {
      const { type, slot, zone } = request.body
      const [start, therapist, place] = slot.split(' ')
      const offered = await findPublicType(deps, request.scope, type)
      const often = oftenOf(offered, request.body)
      const choice = Choice.safeParse({ type, start, therapist, place, zone, ...often })
      if (!choice.success) throw invalid([{ pointer: '/slot', detail: 'Choose one of the times that are shown' }])
      // From here on everything is one person's: it lives on the discreet host, where its cookie is and its links lead.
      const base = isApart(settings, request.scope.practice) ? linkBase(settings, request.scope.practice) : ''
      const next = often || hasOpenSteps(offered.plan) ? '/b/each' : '/b/new'
      return reply.redirect(`${base}${next}/${sealChoice(secrets, request.scope, choice.data)}`, 303)
    }
  )

  // The same for dates, and to wait for some.
  for (const [address, next] of Object.entries({ '/b/dates': '/b/new', '/w': '/w/new' }))
    app.post(
      address,
      { config: { may: 'ask for a quote', limit: 'quotes' }, schema: { hide: true, body: DatesForm } },
      async (request, reply) => {
        const { scope, body } = request
        const choice = await choiceOfDates(deps, scope, body)
        const base = isApart(settings, scope.practice) ? linkBase(settings, scope.practice) : ''
        return reply.redirect(`${base}${next}/${sealChoice(secrets, scope, choice)}`, 303)
      }
    )

  app.get(
    '/b/new/:sealed',
    { config: { may: 'ask for a quote', limit: 'quotes' }, schema: { hide: true, params: Sealed } },
    async (request, reply) => {
      const { sealed } = request.params
      const choice = openChoice(secrets, request.scope, sealed)
      const { plan } = await findPublicType(deps, request.scope, choice.type)
      if ((choice.times || hasOpenSteps(plan)) && !choice.occurrences) return reply.redirect(`/b/each/${sealed}`, 303)
      const { offer, taken } = await offerOf(deps, request.scope, choice, sealed)
      const held = taken && (await ownHold(deps, request, choice))
      if (held) return reply.redirect(held, 303)
      if (taken && choice.occurrences)
        return showEach(deps, request, reply.code(409), { choice, sealed, given: {}, fault: goneMeanwhile })
      const own = await ownDetails(deps, request)
      const frame = frameOf(request, settings)
      if (!taken) return personalPage(reply, <Details frame={frame} offer={offer} own={own} given={{}} faults={{}} />)
      return personalPage(reply.code(409), <Taken frame={frame} choice={choice} alternatives={taken} given={{}} />)
    }
  )

  app.post(
    '/b/new/:sealed',
    {
      config: { may: 'book', limit: 'bookings', makes: true },
      schema: { hide: true, params: Sealed, body: DetailsForm }
    },
    async (request, reply) => {
      const { sealed } = request.params
      const choice = openChoice(secrets, request.scope, sealed)
      const given = givenOf(request.body)
      const frame = frameOf(request, settings)
      const { plan } = await findPublicType(deps, request.scope, choice.type)
      // Another day is chosen: what goes along with it is asked of that day.
      if (request.body.change && isWholeWithSteps(plan) && !choice.occurrences)
        return showEach(deps, request, reply, { choice, sealed, given })
      if (!request.body.change) return bookFromPage(deps, request, reply, { choice, sealed, form: request.body, frame })
      const { offer } = await offerOf(deps, request.scope, choice, sealed)
      const own = await ownDetails(deps, request)
      return personalPage(reply, <Details frame={frame} offer={offer} own={own} given={given} faults={{}} />)
    }
  )
}
