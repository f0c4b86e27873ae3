import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { may } from '../../identity/actor.ts'
import { choiceNames, readChoices, saveChoices } from '../../identity/choices.ts'
import { emergencyWords, replyWithinWords } from '../../identity/practice-words.ts'
import { changedMeanwhile, Problem } from '../../kernel/problem.ts'
import type { Faults } from '../components/fields.tsx'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { ChoicesPage, type Shown } from './choices.tsx'

const Query = z.object({ saved: z.literal('1').optional().catch(undefined) })
const Form = z.object({
  etag: z.string().max(60).default(''),
  secrets: z.enum(choiceNames.secrets).optional(),
  conversion: z.enum(choiceNames.conversion).optional(),
  emergency: z.string().max(5000).optional(),
  replyWithin: z.string().max(500).optional()
})

const Chosen = z.object({
  secrets: z.enum(choiceNames.secrets, { error: 'Choose what becomes of what one tells alone' }),
  conversion: z.enum(choiceNames.conversion, { error: 'Choose how two begin when one was seen alone' }),
  emergency: emergencyWords.optional(),
  replyWithin: replyWithinWords.optional()
})

/** What a practice chooses for itself. */
export const choicesPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get(
    '/console/choices',
    { config: { may: 'read the practice’s choices' }, schema: { hide: true, querystring: Query } },
    async (request, reply) => show(request, reply, {}, { saved: request.query.saved === '1' })
  )

  app.post(
    '/console/choices',
    { config: { may: 'make the practice’s choices' }, schema: { hide: true, body: Form } },
    async (request, reply) => {
      const { etag, ...typed } = request.body
      const read = Chosen.safeParse(typed)
      if (!read.success) return show(request, reply.code(422), faultsOf(read.error), { typed, etag })
      const saved = saveChoices(deps, request.scope, request.actor, read.data, etag || undefined)
      const refused = await saved.then(() => undefined, meanwhile)
      if (refused) return show(request, reply.code(refused.status), { secrets: refused.message }, {})
      return reply.redirect('/console/choices?saved=1', 303)
    }
  )

  /** What is kept, or what was typed: that keeps the ETag it was typed on, so that nothing is overwritten unread. */
  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    faults: Faults,
    { saved = false, typed, etag }: { saved?: boolean; typed?: Partial<Shown>; etag?: string }
  ) {
    const kept = await readChoices(deps, request.scope)
    const props = {
      chosen: { ...kept.choices, ...typed },
      etag: etag || kept.etag,
      mayChoose: may(request.actor, 'make the practice’s choices')
    }
    const frame = frameOf(request, deps.settings)
    return personalPage(reply, <ChoicesPage frame={frame} {...props} {...{ saved, faults }} />)
  }
}

/** The first that is wrong with each field. */
function faultsOf({ issues }: z.ZodError): Faults {
  return Object.fromEntries(issues.map(({ path, message }) => [String(path[0]), message]).reverse())
}

/** What somebody chose meanwhile is told on the page; whatever else is thrown goes on. */
function meanwhile(error: unknown): Problem {
  if (error instanceof Problem && error.code === changedMeanwhile().code) return error
  throw error
}
