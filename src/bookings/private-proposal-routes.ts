import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { page, refusals } from '../kernel/wire.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { answerOffer } from './answer-offer.ts'
import { endProposal } from './end-proposal.ts'
import { AnsweredView, OfferAnswer, OfferedView, ProposalRequest, ProposalView } from './private-proposal-schema.ts'
import { proposePrivately } from './propose-privately.ts'
import { openProposalLink, readOffer } from './read-offer.ts'
import { listProposals, theirProposal, viewProposal } from './read-private-proposal.ts'

const config = { may: 'propose privately' } as const
const Id = z.object({ id: z.uuid() })
const Link = z.object({ token: z.string().max(100) })

/** Private proposals: made and taken back by staff, read and answered by whoever holds the link. */
export const privateProposalRoutes: FastifyPluginAsyncZod<{ deps: PaymentDeps }> = async (app, { deps }) => {
  app.get(
    '/api/proposals',
    {
      config,
      schema: {
        operationId: 'proposals',
        tags: ['staff'],
        response: { 200: page(ProposalView), ...refusals(401, 403) }
      }
    },
    async ({ scope, actor }) => ({ items: await listProposals(deps, scope, actor), next: null })
  )

  app.post(
    '/api/proposals',
    {
      config,
      schema: {
        operationId: 'propose',
        tags: ['staff'],
        body: ProposalRequest,
        response: { 201: ProposalView, ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, body, idToMake }, reply) => {
      const id = await proposePrivately(deps, scope, actor, body, idToMake)
      const view = await viewProposal(deps, scope, await theirProposal(deps, scope, actor, id))
      return reply.code(201).header('location', `/api/proposals/${id}`).send(view)
    }
  )

  app.post(
    '/api/proposals/:id/withdrawal',
    {
      config: { ...config, makes: false },
      schema: {
        operationId: 'withdrawProposal',
        tags: ['staff'],
        params: Id,
        response: { 200: ProposalView, ...refusals(401, 403, 404, 409) }
      }
    },
    async ({ scope, actor, params }) => {
      await endProposal(deps, scope, actor, await theirProposal(deps, scope, actor, params.id), 'withdrawn')
      return viewProposal(deps, scope, await theirProposal(deps, scope, actor, params.id))
    }
  )

  app.get(
    '/api/proposal-links/:token',
    {
      config: { may: 'answer by a link' },
      schema: {
        operationId: 'offeredProposal',
        tags: ['bookings'],
        params: Link,
        response: { 200: OfferedView, ...refusals(404) }
      }
    },
    async ({ scope, params }) => readOffer(deps, scope, await openProposalLink(deps, scope, params.token))
  )

  app.post(
    '/api/proposal-links/:token/answers',
    {
      config: { may: 'answer by a link', limit: 'answers' },
      schema: {
        operationId: 'answerProposal',
        tags: ['bookings'],
        params: Link,
        body: OfferAnswer,
        response: { 200: AnsweredView, ...refusals(404, 409, 422, 429) }
      }
    },
    async ({ scope, actor, params, body, idToMake }) => answerOffer(deps, scope, actor, params.token, body, idToMake)
  )
}
