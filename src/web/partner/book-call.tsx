import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { SlotView } from '../../availability/schema.ts'
import { book } from '../../bookings/book.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { invalid, notFound, Problem } from '../../kernel/problem.ts'
import { Choice } from '../choice.ts'
import type { Faults } from '../components/fields.tsx'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { alternativesOf } from '../site/alternatives.ts'
import type { Given } from '../site/detail-fields.tsx'
import { offerOf } from '../site/offer.ts'
import { type DetailsForm, givenOf, readDetails } from '../site/read-details.ts'
import { CallTaken } from './call.tsx'
import { CallCode } from './call-code.tsx'
import { CallDetails } from './call-details.tsx'
import { findCallType } from './call-type.ts'

interface Typed {
  slot: string
  given: Given
  faults: Faults
}

/** What a slot's button sent: of the free call, whatever else it says. @throws not-found, invalid-input */
export async function choiceOf(
  deps: Deps,
  scope: PracticeScope,
  { slot, zone }: { slot: string; zone: string }
): Promise<Choice> {
  const type = await findCallType(deps, scope)
  if (!type) throw notFound('There is no free call to book. Ask us on the contact page')
  const [start, therapist, place] = slot.split(' ')
  const choice = Choice.safeParse({ type: type.slug, start, therapist, place, zone })
  if (!choice.success) throw invalid([{ pointer: '/slot', detail: 'Choose one of the times that are shown' }])
  return choice.data
}

/** The details of a chosen time, or the nearest others where it has gone. */
export async function showDetails(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  choice: Choice,
  typed: Typed
) {
  const frame = frameOf(request, deps.settings)
  const { offer, taken } = await offerOf(deps, request.scope, choice, '')
  if (taken) return personalPage(reply.code(409), <CallTaken frame={frame} alternatives={taken} zone={choice.zone} />)
  const status = Object.keys(typed.faults).length ? 422 : 200
  return personalPage(reply.code(status), <CallDetails frame={frame} offer={offer} {...typed} />)
}

/** Keeps the time until the mailed code is given: a booking of its own, for a new person whom nobody knows. */
export async function bookCall(
  deps: WebDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  form: DetailsForm & { slot: string; zone: string }
) {
  const { scope, idToMake } = request
  const { slot, zone } = form
  const choice = await choiceOf(deps, scope, { slot, zone })
  const given = givenOf(form)
  const { request: wanted, faults } = readDetails(form, choice, { forTwo: false, asksTheOther: false })
  if (faults) return showDetails(deps, request, reply, choice, { slot, given, faults })
  const made = await book(deps, scope, { kind: 'anonymous' }, wanted, { id: idToMake, byLink: true }).catch(expected)
  const frame = frameOf(request, deps.settings)
  if (!(made instanceof Problem))
    return personalPage(reply.code(201), <CallCode frame={frame} booking={made.id} token={made.token} zone={zone} />)
  if (made.code === 'terms-changed') {
    const consent = 'The terms have changed meanwhile. Read them again, then agree'
    return showDetails(deps, request, reply, choice, { slot, given: { ...given, consent: '' }, faults: { consent } })
  }
  const nearest = z.array(SlotView).catch([]).parse(made.extensions.alternatives)
  const alternatives = alternativesOf(deps, scope, choice, nearest)
  return personalPage(reply.code(made.status), <CallTaken frame={frame} alternatives={alternatives} zone={zone} />)
}

const answered = new Set(['slot-taken', 'not-offered', 'terms-changed'])

/** Refusals that the page itself answers; whatever else is thrown goes on. */
function expected(error: unknown): Problem {
  if (error instanceof Problem && answered.has(error.code)) return error
  throw error
}
