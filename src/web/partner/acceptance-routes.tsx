import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answers } from '../../bookings/acceptance.ts'
import { readSuggestion } from '../../bookings/read-suggestion.ts'
import { refuseAcceptance } from '../../bookings/refuse-acceptance.ts'
import { Problem } from '../../kernel/problem.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { AcceptancePage, Noted } from './acceptance.tsx'
import { faultsIn } from './partner-routes.tsx'
import { NotRight } from './preview.tsx'
import { AnswerForm, readWindows } from './read-answer.ts'

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
      schema: {
        hide: true,
        params,
        body: AnswerForm.pick({ from: true, to: true }).extend({ answer: z.enum(answers) })
      }
    },
    async (request, reply) => {
      const { scope, actor, body } = request
      const { token } = request.params
      const { booking, open } = await readSuggestion(deps, scope, token)
      if (!open) return reply.redirect(`/a/${token}`, 303)
      if (body.answer === 'accept') return reply.redirect(`/a/${token}/acceptance`, 303)
      const frame = frameOf(request, deps.settings)
      const refuse = (sentences: string[]) =>
        personalPage(
          reply.code(422),
          <NotRight frame={frame} back={`/a/${token}`} sentences={sentences} words={undefined} />
        )
      // Whoever would rather not gives no times, whatever stands in the fields.
      const given = body.answer === 'other_time' ? readWindows(body, scope.practice.zone) : undefined
      if (given?.sentence) return refuse([given.sentence])
      const said = await refuseAcceptance(deps, scope, actor, booking, body.answer, given?.windows).catch(faultsOrOver)
      if (said === 'over') return reply.redirect(`/a/${token}`, 303)
      return said ? refuse(said) : personalPage(reply, <Noted frame={frame} />)
    }
  )
}

function faultsOrOver(error: unknown): 'over' | string[] {
  if (error instanceof Problem && error.code === 'nothing-to-answer') return 'over'
  return faultsIn(error).faults.map(({ detail }) => detail)
}
