import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { page, refusals } from '../kernel/wire.ts'
import { declineYeses, withdrawBeginning } from './decline-together.ts'
import { handOver, putTogether } from './put-together.ts'
import { readBeginnings } from './read-beginnings.ts'
import { BeginningRequest, HandOverRequest, ListedYesView } from './together-schema.ts'

const params = z.object({ id: z.uuid() })
const tags = ['staff']
const config = { may: 'begin together' } as const

/** A therapist's list of who would begin together, and what becomes of it. */
export const beginningRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/api/beginnings',
    { config, schema: { operationId: 'yeses', tags, response: { 200: page(ListedYesView), ...refusals(401, 403) } } },
    async ({ scope, actor }) => ({ items: await readBeginnings(deps, scope, actor), next: null })
  )

  app.post(
    '/api/beginnings',
    {
      config,
      schema: {
        operationId: 'answerYeses',
        tags,
        body: BeginningRequest,
        response: { 200: page(ListedYesView), ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, body }) => {
      if (body.approved) await putTogether(deps, scope, actor, body)
      else await declineYeses(deps, scope, actor, body.yeses)
      return { items: await readBeginnings(deps, scope, actor), next: null }
    }
  )

  app.delete(
    '/api/beginnings/:id',
    {
      config,
      schema: {
        operationId: 'withdrawBeginning',
        tags,
        params,
        response: { 204: z.null(), ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }, reply) => {
      await withdrawBeginning(deps, scope, actor, params.id)
      return reply.code(204).send(null)
    }
  )

  app.post(
    '/api/yeses/:id/therapist',
    {
      config: { ...config, makes: false },
      schema: {
        operationId: 'handYesOver',
        tags,
        params,
        body: HandOverRequest,
        response: { 204: z.null(), ...refusals(401, 403, 404, 422) }
      }
    },
    async ({ scope, actor, params, body }, reply) => {
      await handOver(deps, scope, actor, params.id, body.therapist)
      return reply.code(204).send(null)
    }
  )
}
