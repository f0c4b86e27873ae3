import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { findPublicType } from '../../catalog/read-session-types.ts'
import { type Choice, openChoice, sealChoice } from '../choice.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import type { Given } from './detail-fields.tsx'
import { Details } from './details.tsx'
import { EachPage } from './each.tsx'
import { offerOf } from './offer.ts'
import { oftenOf } from './often.ts'
import { ownDetails } from './own-details.ts'
import { DetailsForm, givenOf } from './read-details.ts'
import { readEach } from './read-each.ts'

const Sealed = z.object({ sealed: z.string().max(2000) })
/** `o0`, `o1` …: what is said of each appointment; and what was typed already, to be carried on. */
const EachForm = DetailsForm.extend({ go: z.literal('yes').optional() }).catchall(z.string().max(40))
const config = { may: 'ask for a quote', limit: 'quotes' } as const

/** A series before its details: every appointment, free or not, and what is wanted of each. */
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
      const said = Array.from({ length: choice.times ?? 0 }, (_, index) => body[`o${index}`])
      const { occurrences } = await readEach(deps, scope, choice, said)
      if (!body.go || !occurrences) {
        const fault = body.go ? unsaid : undefined
        return showEach(deps, request, reply.code(body.go ? 422 : 200), {
          choice,
          sealed: params.sealed,
          given,
          said,
          fault
        })
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

/** What is agreed to for some times is not agreed to for others. */
function carriedOn({ consent: _, agreed: __, ...given }: Given): Given {
  return given
}

interface Asked {
  choice: Choice
  sealed: string
  given: Given
  said?: readonly (string | undefined)[]
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
  const often = oftenOf(await findPublicType(deps, scope, choice.type), choice)
  const each = await readEach(deps, scope, choice, said)
  const frame = frameOf(request, deps.settings)
  return personalPage(
    reply,
    <EachPage
      frame={frame}
      choice={choice}
      sealed={sealed}
      often={often ?? { times: each.rows.length, every: 7 }}
      each={each}
      given={carriedOn(given)}
      fault={fault}
    />
  )
}

/** Said where one of the times has gone between the choice and the booking. */
export const goneMeanwhile = 'One of these times has just been taken. Choose another for it, or leave it out.'
const unsaid = 'Say of each what you want: as planned, another time, or leave it out.'
