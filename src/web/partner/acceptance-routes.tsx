import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answers } from '../../bookings/acceptance.ts'
import { readSuggestion } from '../../bookings/read-suggestion.ts'
import { refuseAcceptance } from '../../bookings/refuse-acceptance.ts'
import { Problem } from '../../kernel/problem.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { AcceptancePage, Noted } from './acceptance.tsx'

const params = z.object({ token: z.string().max(100) })
const may = 'answer by a link'
const reading = { config: { may, unasked: true }, schema: { hide: true, params } } as const

/** What the holder of a suggestion's link sees and says. Only who says yes is asked who they are. */
export const acceptancePages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/a/:token', reading, async (request, reply) => {
    const { token } = request.params
    const suggestion = await readSuggestion(deps, request.scope, token)
    const frame = frameOf(request, deps.settings)
    return personalPage(reply, <AcceptancePage frame={frame} token={token} suggestion={suggestion} />)
  })

  // Back, from the page after an answer: a form's address that is asked for leads to the page itself.
  for (const form of ['answers', 'codes'])
    app.get(`/a/:token/${form}`, reading, (request, reply) =>
      reply.redirect(`/a/${encodeURIComponent(request.params.token)}`, 303)
    )

  app.post(
    '/a/:token/answers',
    {
      config: { may, unasked: true, limit: 'answers' },
      schema: { hide: true, params, body: z.object({ answer: z.enum(answers) }) }
    },
    async (request, reply) => {
      const { scope, actor, body } = request
      const { token } = request.params
      const { booking, open } = await readSuggestion(deps, scope, token)
      if (!open) return reply.redirect(`/a/${token}`, 303)
      if (body.answer === 'accept') return reply.redirect(`/a/${token}/acceptance`, 303)
      const over = await refuseAcceptance(deps, scope, actor, booking, body.answer).then(() => false, isOver)
      if (over) return reply.redirect(`/a/${token}`, 303)
      return personalPage(reply, <Noted frame={frameOf(request, deps.settings)} />)
    }
  )
}

function isOver(error: unknown): true {
  if (error instanceof Problem && error.code === 'nothing-to-answer') return true
  throw error
}
