import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { SlotView } from '../../availability/schema.ts'
import { book } from '../../bookings/book.ts'
import { keepBooking } from '../../identity/cookies.ts'
import { browserOf } from '../../identity/visit.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Choice } from '../choice.ts'
import type { Frame } from '../components/layout.tsx'
import type { WebDeps } from '../deps.ts'
import { personalPage } from '../page.ts'
import { alternativesOf } from './alternatives.ts'
import { Details } from './details.tsx'
import { goneMeanwhile, showEach } from './each-routes.tsx'
import { offerOf } from './offer.ts'
import { ownDetails } from './own-details.ts'
import { ownHold } from './own-hold.ts'
import { type DetailsForm, formOf, givenOf, readDetails } from './read-details.ts'
import { ruleOf } from './rule-of.ts'
import { Taken } from './taken.tsx'

interface Asked {
  choice: Choice
  sealed: string
  form: DetailsForm
  frame: Frame
}

/** Hours that the browser which booked may open its booking: as long as the token that it was given. */
export const answerHours = 24

/**
 * Books what was chosen and typed: on to the payment, or to the booking's page. Where something is not right the same
 * page comes back with every word that was typed; where the time has gone, the nearest others.
 */
export async function bookFromPage(deps: WebDeps, request: FastifyRequest, reply: FastifyReply, asked: Asked) {
  const { choice, sealed, frame } = asked
  const { scope, actor, idToMake } = request
  const { offer, taken } = await offerOf(deps, scope, choice, sealed)
  const own = await ownDetails(deps, request)
  const form = formOf(asked.form, own)
  const given = givenOf(form)
  const held = taken && (await ownHold(deps, request, choice))
  if (held) return reply.redirect(held, 303)
  const { request: wanted, faults } = readDetails(form, choice, offer)
  // Where nothing else is wrong, `book` says so: it knows a booking that this very form has made.
  const shown = choice.occurrences && { choice, sealed, given, fault: goneMeanwhile }
  if (taken && faults && shown) return showEach(deps, request, reply.code(409), shown)
  if (taken && faults)
    return personalPage(reply.code(409), <Taken frame={frame} choice={choice} alternatives={taken} given={given} />)
  if (faults)
    return personalPage(
      reply.code(422),
      <Details frame={frame} offer={offer} own={own} given={given} faults={faults} />
    )
  const outcome = await book(deps, scope, actor, wanted, { id: idToMake, browser: browserOf(request) }).catch(expected)
  if (outcome instanceof Problem && outcome.code === 'terms-changed') {
    const faults = { consent: 'The terms have changed meanwhile. Read them again, then agree' }
    return personalPage(
      reply.code(422),
      <Details frame={frame} offer={offer} own={own} given={{ ...given, consent: '' }} faults={faults} />
    )
  }
  if (outcome instanceof Problem && shown) return showEach(deps, request, reply.code(outcome.status), shown)
  if (outcome instanceof Problem) {
    const alternatives = alternativesOf(
      deps,
      scope,
      choice,
      z.array(SlotView).catch([]).parse(outcome.extensions.alternatives)
    )
    return personalPage(
      reply.code(outcome.status),
      <Taken
        frame={frame}
        choice={choice}
        alternatives={alternatives}
        given={given}
        why={await ruleOf(deps, scope, choice.type, outcome)}
      />
    )
  }
  const { id, token, payment } = outcome
  keepBooking(reply, deps, { booking: id, token, expiresAt: deps.now().plus({ hours: answerHours }) })
  return reply.redirect(payment?.url ?? `/b/${id}`, 303)
}

const answered = new Set(['slot-taken', 'edition-full', 'not-offered', 'terms-changed'])

/** Refusals that the page itself answers; whatever else is thrown goes on. */
function expected(error: unknown): Problem {
  if (error instanceof Problem && answered.has(error.code)) return error
  throw error
}
