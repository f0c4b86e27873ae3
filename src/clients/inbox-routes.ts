import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { refusals } from '../kernel/wire.ts'
import { readInbox, reply as replyTo, verify } from './inbox.ts'
import { InboxView, MessageRequest } from './partner-schema.ts'

const params = z.object({ id: z.uuid() })
const config = { may: 'read the inbox' } as const
const tags = ['staff']

/** The therapist's inbox: what was said and asked without a name. */
export const inboxRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/api/inbox',
    { config, schema: { operationId: 'inbox', tags, response: { 200: InboxView, ...refusals(401, 403) } } },
    async ({ scope, actor }) => {
      const items = await readInbox(deps, scope, actor)
      return { items: items.map(item => ({ ...item, messages: [...item.messages] })), next: null }
    }
  )

  app.post(
    '/api/inbox/:id/replies',
    {
      config,
      schema: {
        operationId: 'reply',
        tags,
        params,
        body: MessageRequest,
        response: { 201: z.null(), ...refusals(401, 403, 404, 422) }
      }
    },
    async ({ scope, actor, params, body }, reply) => {
      await replyTo(deps, scope, actor, params.id, body.words)
      return reply.code(201).send(null)
    }
  )

  app.post(
    '/api/inbox/:id/verification',
    {
      config,
      schema: { operationId: 'verifyWriter', tags, params, response: { 201: z.null(), ...refusals(401, 403, 404) } }
    },
    async ({ scope, actor, params }, reply) => {
      await verify(deps, scope, actor, params.id)
      return reply.code(201).send(null)
    }
  )
}
