import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../kernel/deps.ts'
import { refusals } from '../kernel/wire.ts'
import { enquire } from './enquire.ts'
import { EnquiryRequest, ReturnWordsView } from './partner-schema.ts'

/** What anybody may ask, without a link and without a name. */
export const enquiryRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.post(
    '/api/enquiries',
    {
      config: { may: 'ask the practice', unasked: true, limit: 'answers' },
      schema: {
        operationId: 'enquire',
        tags: ['partner'],
        body: EnquiryRequest,
        response: { 202: ReturnWordsView, ...refusals(422, 429) }
      }
    },
    async ({ scope, body }, reply) => reply.code(202).send(await enquire(deps, scope, body))
  )
}
