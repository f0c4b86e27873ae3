import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { refusals } from '../kernel/wire.ts'
import { choiceNames, readChoices, saveChoices } from './choices.ts'
import { emergencyWords, replyWithinWords } from './practice-words.ts'

const tags = ['staff']
const Chosen = z.strictObject({
  secrets: z.enum(choiceNames.secrets, { error: 'Choose none, limited or kept: there is no default' }),
  conversion: z.enum(choiceNames.conversion, {
    error: 'Choose refer_out, equal_time or therapist_decides: there is no default'
  }),
  emergency: emergencyWords.optional(),
  replyWithin: replyWithinWords.optional()
})
const ChoicesView = z
  .object({
    secrets: z.enum(choiceNames.secrets).nullable(),
    conversion: z.enum(choiceNames.conversion).nullable(),
    emergency: z.string(),
    replyWithin: z.string()
  })
  .meta({ id: 'Choices' })

/** What the practice chooses of secrets, of beginning together, and of whom to call: read by staff, chosen by the owner. */
export const choiceRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/api/practice/choices',
    {
      config: { may: 'read the practice’s choices' },
      schema: { operationId: 'choices', tags, response: { 200: ChoicesView, ...refusals(401, 403) } }
    },
    async ({ scope }, reply) => {
      const { choices, etag } = await readChoices(deps, scope)
      return reply.header('etag', etag).send(choices)
    }
  )

  app.put(
    '/api/practice/choices',
    {
      config: { may: 'make the practice’s choices' },
      schema: {
        operationId: 'saveChoices',
        tags,
        headers: z.object({ 'if-match': z.string().optional() }),
        body: Chosen,
        response: { 200: ChoicesView, ...refusals(401, 403, 412, 422) }
      }
    },
    async ({ scope, actor, body, headers }, reply) => {
      const { choices, etag } = await saveChoices(deps, scope, actor, body, headers['if-match'])
      return reply.header('etag', etag).send(choices)
    }
  )
}
