import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { refusals, Slug } from '../kernel/wire.ts'
import { addSessionType, changeSessionType, readTypeSettings, type TypeSettings } from './save-session-type.ts'
import { viewSessionType } from './schema.ts'
import { NewSessionType, SessionTypeChange, SessionTypeSettings } from './type-schema.ts'

const params = z.object({ slug: Slug })
const tags = ['staff']

/** What can be booked, for whoever sets it up. */
export const sessionTypeRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/api/session-types/:slug/settings',
    {
      config: { may: 'read therapists and places' },
      schema: {
        operationId: 'sessionTypeSettings',
        tags,
        params,
        response: { 200: SessionTypeSettings, ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, params }, reply) => {
      const settings = await readTypeSettings(deps.db, scope, params.slug)
      return reply.header('etag', settings.etag).send(viewSettings(settings))
    }
  )

  app.post(
    '/api/session-types',
    {
      config: { may: 'change session types' },
      schema: {
        operationId: 'addSessionType',
        tags,
        body: NewSessionType,
        response: { 201: SessionTypeSettings, ...refusals(401, 403, 422) }
      }
    },
    async ({ scope, actor, body, idToMake }, reply) => {
      const settings = await addSessionType(deps, scope, actor, body, idToMake)
      const address = `/api/session-types/${body.slug}`
      return reply.code(201).header('location', address).header('etag', settings.etag).send(viewSettings(settings))
    }
  )

  app.patch(
    '/api/session-types/:slug',
    {
      config: { may: 'change session types' },
      schema: {
        operationId: 'changeSessionType',
        tags,
        params,
        headers: z.object({ 'if-match': z.string().optional() }),
        body: SessionTypeChange,
        response: { 200: SessionTypeSettings, ...refusals(401, 403, 404, 412, 422) }
      }
    },
    async ({ scope, actor, params, body, headers }, reply) => {
      const settings = await changeSessionType(deps, scope, actor, params.slug, body, headers['if-match'])
      return reply.header('etag', settings.etag).send(viewSettings(settings))
    }
  )
}

function viewSettings({ type, offerings }: TypeSettings): z.input<typeof SessionTypeSettings> {
  const { version, plan, rules } = type
  return { ...viewSessionType(type), public: type.public, version, plan, rules, offerings }
}
