import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { hasOpenSteps, isWholeWithSteps } from '../../catalog/plan.ts'
import { findPublicType } from '../../catalog/read-session-types.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import { type Choice, openChoice, sealChoice } from '../choice.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { alternativesOf } from './alternatives.ts'
import { BesidePage } from './beside.tsx'
import type { Given } from './detail-fields.tsx'
import { Details } from './details.tsx'
import { EachPage } from './each.tsx'
import { offerOf } from './offer.ts'
import { oftenOf } from './often.ts'
import { ownDetails } from './own-details.ts'
import { readBeside } from './read-beside.ts'
import { DetailsForm, givenOf } from './read-details.ts'
import { readEach } from './read-each.ts'
import { readSteps } from './read-steps.ts'
import { StepsPage } from './steps.tsx'
import { Taken } from './taken.tsx'

const Sealed = z.object({ sealed: z.string().max(2000) })
/** `o0`, `o1` …: what is said of each appointment; and what was typed already, to be carried on. */
const EachForm = DetailsForm.extend({ go: z.literal('yes').optional() }).catchall(z.string().max(40))
const config = { may: 'ask for a quote', limit: 'quotes' } as const

/** A series or a programme before its details: every appointment, and what is wanted of each. */
export const eachRoutes: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/b/each/:sealed', { config, schema: { hide: true, params: Sealed } }, async (request, reply) => {
    const { sealed } = request.params
    const choice = openChoice(deps.secrets, request.scope, sealed)
    return showEach(deps, request, reply, { choice, sealed, given: {} })
  })

  app.post(
    '/b/each/:sealed',
    { config, schema: { hide: true, params: Sealed, body: EachForm } },
    async (request, reply) => {
      const { scope, params, body } = request
      const choice = openChoice(deps.secrets, scope, params.sealed)
      const given = givenOf(body)
      const occurrences = await settledOf(deps, scope, choice, body)
      if (!body.go || !occurrences) {
        const fault = body.go ? unsaid : undefined
        const asked = { choice, sealed: params.sealed, given, said: body, fault }
        return showEach(deps, request, reply.code(body.go ? 422 : 200), asked)
      }
      const settled = { ...choice, occurrences }
      const sealed = sealChoice(deps.secrets, scope, settled)
      if (Object.keys(given).length === 0) return reply.redirect(`/b/new/${sealed}`, 303)
      const { offer } = await offerOf(deps, scope, settled, sealed)
      const own = await ownDetails(deps, request)
      const frame = frameOf(request, deps.settings)
      return personalPage(reply, <Details frame={frame} offer={offer} own={own} given={given} faults={{}} />)
    }
  )
}

type Said = Readonly<Record<string, string | undefined>>

/** What is said of each appointment of a series. */
const saidOfEach = ({ times = 0 }: Choice, said: Said) => Array.from({ length: times }, (_, index) => said[`o${index}`])

/** Where each appointment is wanted, once everything is said and can be had. */
async function settledOf(deps: WebDeps, scope: PracticeScope, choice: Choice, said: Said) {
  const { plan } = await findPublicType(deps, scope, choice.type)
  if (isWholeWithSteps(plan)) return (await readBeside(deps, scope, choice, said)).occurrences
  if (hasOpenSteps(plan)) return (await readSteps(deps, scope, choice, said)).occurrences
  return (await readEach(deps, scope, choice, saidOfEach(choice, said))).occurrences
}

/** What is agreed to for some times is not agreed to for others. */
function carriedOn({ consent: _, agreed: __, ...given }: Given): Given {
  return given
}

interface Asked {
  choice: Choice
  sealed: string
  given: Given
  /** The form, as it was sent. */
  said?: Said
  fault?: string | undefined
}

/** The page of every appointment, as far as was said; also where one of them has gone meanwhile. */
export async function showEach(
  deps: WebDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { choice, sealed, given, said, fault }: Asked
) {
  const { scope } = request
  const type = await findPublicType(deps, scope, choice.type)
  const frame = frameOf(request, deps.settings)
  if (isWholeWithSteps(type.plan)) {
    const beside = await readBeside(deps, scope, choice, said)
    const shown = { frame, choice, given: carriedOn(given) }
    if (!beside.gone)
      return personalPage(reply, <BesidePage {...shown} sealed={sealed} beside={beside} fault={fault} />)
    const alternatives = alternativesOf(deps, scope, { ...choice, occurrences: undefined }, beside.gone)
    return personalPage(reply.code(409), <Taken {...shown} alternatives={alternatives} />)
  }
  if (hasOpenSteps(type.plan)) {
    const steps = await readSteps(deps, scope, choice, said)
    const typed = carriedOn(given)
    return personalPage(
      reply,
      <StepsPage frame={frame} choice={choice} sealed={sealed} steps={steps} given={typed} fault={fault} />
    )
  }
  const often = oftenOf(type, choice)
  const each = await readEach(deps, scope, choice, said && saidOfEach(choice, said))
  return personalPage(
    reply,
    <EachPage
      frame={frame}
      choice={choice}
      sealed={sealed}
      often={often ?? { times: each.rows.length, every: 7, open: false }}
      each={each}
      given={carriedOn(given)}
      fault={fault && each.least ? `Keep ${each.least} at least.` : fault}
    />
  )
}

/** Said where one of the times has gone between the choice and the booking. */
export const goneMeanwhile = 'One of these times has just been taken. Choose another for it, or leave it out.'
const unsaid = 'Say of each what you want: as planned, another time, or leave it out.'
