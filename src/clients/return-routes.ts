import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Actor, signInNeeded } from '../identity/actor.ts'
import type { Deps } from '../kernel/deps.ts'
import { refusals } from '../kernel/wire.ts'
import { readInbox, reply as replyTo } from './inbox.ts'
import {
  AnswerView,
  AudienceRequest,
  InboxView,
  MessageRequest,
  ReturnRequest,
  ReturnView,
  viewAnswer
} from './partner-schema.ts'
import { deleteReturn, openReturn, readReturn, sayMore, setAudience } from './returns.ts'

const Id = z.object({ id: z.uuid() })
const tags = ['partner']

/** What somebody said by a partner's link: their own thread, opened by five words, and the therapist's inbox. */
export const returnRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.post(
    '/api/returns',
    {
      config: { may: 'come back by words', unasked: true, limit: 'answers', makes: false },
      schema: {
        operationId: 'openReturn',
        tags,
        body: ReturnRequest,
        response: { 201: ReturnView, ...refusals(422, 429) }
      }
    },
    async ({ scope, body }, reply) => {
      const { accessToken, expiresIn } = await openReturn(deps, scope, body.words)
      return reply.code(201).send({ accessToken, expiresIn })
    }
  )

  app.get(
    '/api/returns/current',
    {
      config: { may: 'read one’s own answer' },
      schema: { operationId: 'ownAnswer', tags, response: { 200: AnswerView, ...refusals(401) } }
    },
    async ({ scope, actor }) => viewAnswer(await readReturn(deps, scope, answerOf(actor)))
  )

  app.patch(
    '/api/returns/current',
    {
      config: { may: 'read one’s own answer' },
      schema: {
        operationId: 'showAnswer',
        tags,
        body: AudienceRequest,
        response: { 200: AnswerView, ...refusals(401, 422) }
      }
    },
    async ({ scope, actor, body }) => {
      await setAudience(deps, scope, answerOf(actor), body.audience)
      return viewAnswer(await readReturn(deps, scope, answerOf(actor)))
    }
  )

  app.delete(
    '/api/returns/current',
    {
      config: { may: 'read one’s own answer' },
      schema: { operationId: 'deleteAnswer', tags, response: { 204: z.null(), ...refusals(401) } }
    },
    async ({ scope, actor }, reply) => {
      await deleteReturn(deps, scope, answerOf(actor))
      return reply.code(204).send(null)
    }
  )

  app.post(
    '/api/returns/current/messages',
    {
      config: { may: 'read one’s own answer', limit: 'answers' },
      schema: {
        operationId: 'sayMore',
        tags,
        body: MessageRequest,
        response: { 201: AnswerView, ...refusals(401, 422, 429) }
      }
    },
    async ({ scope, actor, body }, reply) => {
      await sayMore(deps, scope, answerOf(actor), body.words)
      return reply.code(201).send(viewAnswer(await readReturn(deps, scope, answerOf(actor))))
    }
  )

  app.get(
    '/api/inbox',
    {
      config: { may: 'read the inbox' },
      schema: { operationId: 'inbox', tags: ['staff'], response: { 200: InboxView, ...refusals(401, 403) } }
    },
    async ({ scope, actor }) => {
      const items = await readInbox(deps, scope, actor)
      return {
        items: items.map(item => ({ ...item, messages: [...item.messages], verified: false as const })),
        next: null
      }
    }
  )

  app.post(
    '/api/inbox/:id/replies',
    {
      config: { may: 'read the inbox' },
      schema: {
        operationId: 'reply',
        tags: ['staff'],
        params: Id,
        body: MessageRequest,
        response: { 201: z.null(), ...refusals(401, 403, 404, 422) }
      }
    },
    async ({ scope, actor, params, body }, reply) => {
      await replyTo(deps, scope, actor, params.id, body.words)
      return reply.code(201).send(null)
    }
  )
}

function answerOf(actor: Actor): string {
  if (actor.kind !== 'return') throw signInNeeded('Give the five words first')
  return actor.answer
}
