import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { may } from '../../identity/actor.ts'
import { choiceNames, readChoices, saveChoices } from '../../identity/choices.ts'
import { changedMeanwhile, Problem } from '../../kernel/problem.ts'
import type { Faults } from '../components/fields.tsx'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { ChoicesPage } from './choices.tsx'

const Query = z.object({ saved: z.literal('1').optional().catch(undefined) })
const Form = z.object({
  etag: z.string().max(60).default(''),
  secrets: z.enum(choiceNames.secrets).optional(),
  conversion: z.enum(choiceNames.conversion).optional()
})

/** What a practice chooses for itself. */
export const choicesPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get(
    '/console/choices',
    { config: { may: 'read the practice’s choices' }, schema: { hide: true, querystring: Query } },
    async (request, reply) => show(request, reply, {}, request.query.saved === '1')
  )

  app.post(
    '/console/choices',
    { config: { may: 'make the practice’s choices' }, schema: { hide: true, body: Form } },
    async (request, reply) => {
      const { secrets, conversion, etag } = request.body
      const faults: Faults = {
        ...(!secrets && { secrets: 'Choose what becomes of what one tells alone' }),
        ...(!conversion && { conversion: 'Choose how two begin when one was seen alone' })
      }
      if (!secrets || !conversion) return show(request, reply.code(422), faults)
      const saved = saveChoices(deps, request.scope, request.actor, { secrets, conversion }, etag || undefined)
      const refused = await saved.then(() => undefined, meanwhile)
      if (refused) return show(request, reply.code(refused.status), { secrets: refused.message })
      return reply.redirect('/console/choices?saved=1', 303)
    }
  )

  async function show(request: FastifyRequest, reply: FastifyReply, faults: Faults, saved = false) {
    const { choices, etag } = await readChoices(deps, request.scope)
    const mayChoose = may(request.actor, 'make the practice’s choices')
    const frame = frameOf(request, deps.settings)
    return personalPage(reply, <ChoicesPage frame={frame} chosen={choices} {...{ etag, mayChoose, saved, faults }} />)
  }
}

/** What somebody chose meanwhile is told on the page; whatever else is thrown goes on. */
function meanwhile(error: unknown): Problem {
  if (error instanceof Problem && error.code === changedMeanwhile().code) return error
  throw error
}
