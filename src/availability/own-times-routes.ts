import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../kernel/deps.ts'
import { refusals } from '../kernel/wire.ts'
import { readOwnTimes, saveOwnTimes } from './own-times.ts'
import { OwnTimes, OwnTimesView } from './own-times-schema.ts'

const tags = ['me']

/** When it would suit a person: for the practice alone. */
export const ownTimesRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/api/me/possible-times',
    {
      config: { may: 'read one’s own things' },
      schema: { operationId: 'ownPossibleTimes', tags, response: { 200: OwnTimesView, ...refusals(401, 403) } }
    },
    async ({ scope, actor }) => readOwnTimes(deps, scope, actor)
  )

  app.put(
    '/api/me/possible-times',
    {
      config: { may: 'change one’s own things' },
      schema: {
        operationId: 'saveOwnPossibleTimes',
        tags,
        body: OwnTimes,
        response: { 200: OwnTimesView, ...refusals(401, 403, 422) }
      }
    },
    async ({ scope, actor, body }) => {
      await saveOwnTimes(deps, scope, actor, body)
      return readOwnTimes(deps, scope, actor)
    }
  )
}
