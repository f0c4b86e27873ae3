import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { refusals } from '../kernel/wire.ts'
import { answerInvitation, openInvitation } from './answer-invitation.ts'
import { invitePartner, readInvitation, withdrawInvitation } from './invite-partner.ts'
import {
  AnswerRequest,
  InvitationRequest,
  InvitationView,
  PartnerPageView,
  ReturnWordsView,
  SharedView,
  viewInvitation,
  viewPartnerPage
} from './partner-schema.ts'
import { readShared } from './read-shared.ts'

const Token = z.object({ token: z.string().max(100) })
const Id = z.object({ id: z.uuid() })
const tags = ['partner']

/** The page that one partner shares with the other: made by the one, answered by the other, who is nobody to us. */
export const partnerRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.post(
    '/api/partner-invitations',
    {
      config: { may: 'invite a partner' },
      schema: {
        operationId: 'invitePartner',
        tags,
        body: InvitationRequest,
        response: { 201: InvitationView, ...refusals(401, 403, 409, 422) }
      }
    },
    async ({ scope, actor, body }, reply) =>
      reply.code(201).send(viewInvitation(await invitePartner(deps, scope, actor, body)))
  )

  app.get(
    '/api/partner-invitations',
    {
      config: { may: 'invite a partner' },
      schema: { operationId: 'ownInvitation', tags, response: { 200: SharedView, ...refusals(401, 403) } }
    },
    async ({ scope, actor }) => {
      const { open, nextFrom } = await readInvitation(deps, scope, actor)
      const shared = await readShared(deps, scope, actor)
      return { open: open ? viewInvitation(open) : null, nextFrom: nextFrom ?? null, shared }
    }
  )

  app.delete(
    '/api/partner-invitations/:id',
    {
      config: { may: 'invite a partner' },
      schema: {
        operationId: 'withdrawInvitation',
        tags,
        params: Id,
        response: { 204: z.null(), ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }, reply) => {
      await withdrawInvitation(deps, scope, actor, params.id)
      return reply.code(204).send(null)
    }
  )

  app.get(
    '/api/partner-invitations/:token',
    {
      config: { may: 'open a partner’s page', unasked: true },
      schema: {
        operationId: 'partnerPage',
        tags,
        params: Token,
        response: { 200: PartnerPageView, ...refusals(404) }
      }
    },
    async ({ scope, params }, reply) => {
      await openInvitation(deps, scope, params.token)
      return reply.headers(hidden).send(viewPartnerPage(scope.practice))
    }
  )

  app.post(
    '/api/partner-invitations/:token/answers',
    {
      config: { may: 'open a partner’s page', unasked: true, limit: 'answers' },
      schema: {
        operationId: 'answerInvitation',
        tags,
        params: Token,
        body: AnswerRequest,
        response: { 201: ReturnWordsView, ...refusals(404, 422, 429) }
      }
    },
    async ({ scope, params, body }, reply) =>
      reply
        .code(201)
        .headers(hidden)
        .send(await answerInvitation(deps, scope, params.token, body))
  )
}

/** Whoever holds the link tells nobody of it by going on from here. */
const hidden = { 'x-robots-tag': 'noindex, nofollow', 'referrer-policy': 'no-referrer' } as const
