import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Actor, signInNeeded } from '../identity/actor.ts'
import type { Deps } from '../kernel/deps.ts'
import { refusals } from '../kernel/wire.ts'
import { changeAnswer } from './change-answer.ts'
import { AnswerView, ChangeRequest, MessageRequest, ReturnRequest, ReturnView, viewAnswer } from './partner-schema.ts'
import { deleteReturn, openReturn, readReturn, sayMore } from './returns.ts'

const tags = ['partner']

/** What somebody said without a name: their own thread, opened by five words. */
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
        operationId: 'changeAnswer',
        tags,
        body: ChangeRequest,
        response: { 200: AnswerView, ...refusals(401, 422) }
      }
    },
    async ({ scope, actor, body }) => {
      await changeAnswer(deps, scope, answerOf(actor), body)
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
}

function answerOf(actor: Actor): string {
  if (actor.kind !== 'return') throw signInNeeded('Give the five words first')
  return actor.answer
}
