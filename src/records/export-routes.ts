import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../kernel/deps.ts'
import { refusals } from '../kernel/wire.ts'
import { exportOwn } from './export-own.ts'
import { fileHeaders, OwnRecordView } from './export-schema.ts'

/** What the practice holds about a person, for that person. By POST: no address that is fetched or shared hands it out. */
export const exportRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.post(
    '/api/me/export',
    {
      config: { may: 'read one’s own things', makes: false, limit: 'answers' },
      schema: {
        operationId: 'exportOwn',
        tags: ['me'],
        response: { 200: OwnRecordView, ...refusals(401, 403, 429) }
      }
    },
    async ({ scope, actor }, reply) => reply.headers(fileHeaders).send(await exportOwn(deps, scope, actor))
  )
}
