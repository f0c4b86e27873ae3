import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { refusals } from '../kernel/wire.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { openAcceptanceLink } from './acceptance-link.ts'
import { AcceptanceRequest, LinkAnswer, SuggestionView } from './acceptance-schema.ts'
import { answerBooking } from './answer-booking.ts'
import { readSuggestion } from './read-suggestion.ts'
import { refuseAcceptance } from './refuse-acceptance.ts'

const Token = z.object({ token: z.string().max(100) })
const tags = ['bookings']
const config = { may: 'answer by a link', unasked: true } as const

/** The other's answer to a suggested time: a no by the link alone, a yes by somebody who has proven an address of their own. */
export const acceptanceRoutes: FastifyPluginAsyncZod<{ deps: PaymentDeps }> = async (app, { deps }) => {
  app.get(
    '/api/partner-links/:token',
    {
      config,
      schema: {
        operationId: 'suggestion',
        tags,
        params: Token,
        response: { 200: SuggestionView, ...refusals(404) }
      }
    },
    async ({ scope, params }, reply) => reply.headers(hidden).send(await readSuggestion(deps, scope, params.token))
  )

  app.post(
    '/api/partner-links/:token/answers',
    {
      config: { ...config, limit: 'answers', makes: false },
      schema: {
        operationId: 'answerByLink',
        tags,
        params: Token,
        body: LinkAnswer,
        response: { 200: LinkAnswer.pick({ answer: true }), ...refusals(404, 409, 422, 429) }
      }
    },
    async ({ scope, actor, params, body }, reply) => {
      const id = await openAcceptanceLink(deps, scope, params.token)
      await refuseAcceptance(deps, scope, actor, id, body.answer, body.windows)
      return reply.headers(hidden).send({ answer: body.answer })
    }
  )

  app.post(
    '/api/bookings/:id/acceptance',
    {
      config: { may: 'change one’s own things', makes: false },
      schema: {
        operationId: 'answerSuggestion',
        tags,
        params: z.object({ id: z.uuid() }),
        body: AcceptanceRequest,
        response: { 200: AcceptanceRequest.pick({ answer: true }), ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, params, body }) => {
      await answerBooking(deps, scope, actor, params.id, body)
      return { answer: body.answer }
    }
  )
}

/** Whoever holds the link tells nobody of it by going on from here. */
const hidden = { 'x-robots-tag': 'noindex, nofollow', 'referrer-policy': 'no-referrer' } as const
