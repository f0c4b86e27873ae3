import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { approve } from '../../bookings/approve.ts'
import { LocalDate } from '../../kernel/time.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { Agenda } from './agenda.tsx'
import { readAgenda } from './read-agenda.ts'

const Week = z.object({ week: LocalDate.optional().catch(undefined) })
const Answer = z.object({ answer: z.enum(['accept', 'decline']) })

/** The agenda, and what is answered in it. */
export const consoleRoutes: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  const { settings } = deps

  app.get(
    '/console',
    { config: { may: 'read bookings' }, schema: { hide: true, querystring: Week } },
    async (request, reply) => {
      const agenda = await readAgenda(deps, request.scope, request.actor, request.query.week)
      return personalPage(reply, <Agenda frame={frameOf(request, settings)} {...agenda} />)
    }
  )

  app.post(
    '/console/bookings/:id/approval',
    { config: { may: 'approve bookings' }, schema: { hide: true, params: z.object({ id: z.uuid() }), body: Answer } },
    async (request, reply) => {
      const approved = request.body.answer === 'accept'
      await approve(deps, request.scope, request.actor, request.params.id, { approved })
      return reply.redirect('/console', 303)
    }
  )
}
