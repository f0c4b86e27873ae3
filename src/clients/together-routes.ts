import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { refusals } from '../kernel/wire.ts'
import { answerTogether } from './agree-together.ts'
import { readYes } from './read-yes.ts'
import { sayYes, takeYesBack } from './say-yes.ts'
import { AgreeRequest, NotedView, OwnYesView, viewOwnYes, YesRequest } from './together-schema.ts'
import { noted } from './together-texts.ts'

const tags = ['together']
const reading = { may: 'read one’s own things' } as const
// Nothing that it makes could be made twice, and every run is answered alike.
const changing = { may: 'change one’s own things', makes: false, limit: 'answers' } as const

/** Beginning together, for a person who is signed in: one's own yes, and what one is asked to agree to. */
export const togetherRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/api/me/start-together',
    { config: reading, schema: { operationId: 'ownYes', tags, response: { 200: OwnYesView, ...refusals(401, 403) } } },
    async ({ scope, actor }) => viewOwnYes(await readYes(deps, scope, actor))
  )

  app.post(
    '/api/me/start-together',
    {
      config: changing,
      schema: {
        operationId: 'startTogether',
        tags,
        body: YesRequest,
        response: { 202: NotedView, ...refusals(401, 403, 409, 422, 429) }
      }
    },
    async ({ scope, actor, body }, reply) => {
      await sayYes(deps, scope, actor, body)
      return reply.code(202).send({ message: noted })
    }
  )

  app.delete(
    '/api/me/start-together',
    {
      config: { may: 'change one’s own things' },
      schema: { operationId: 'takeYesBack', tags, response: { 204: z.null(), ...refusals(401, 403) } }
    },
    async ({ scope, actor }, reply) => {
      await takeYesBack(deps, scope, actor)
      return reply.code(204).send(null)
    }
  )

  app.post(
    '/api/me/start-together/answer',
    {
      config: changing,
      schema: {
        operationId: 'answerTogether',
        tags,
        body: AgreeRequest,
        response: { 202: NotedView, ...refusals(401, 403, 404, 409, 422, 429) }
      }
    },
    async ({ scope, actor, body }, reply) => {
      await answerTogether(deps, scope, actor, body)
      return reply.code(202).send({ message: noted })
    }
  )
}
