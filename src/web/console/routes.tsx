import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { approve } from '../../bookings/approve.ts'
import { listBookings } from '../../bookings/list-bookings.ts'
import { everSees } from '../../identity/sight.ts'
import { LocalDate } from '../../kernel/time.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { Agenda } from './agenda.tsx'
import { AmountsPage } from './amounts.tsx'
import { readAgenda } from './read-agenda.ts'

const Week = z.object({ week: LocalDate.optional().catch(undefined), after: z.uuid().optional().catch(undefined) })
const Answer = z.object({ answer: z.enum(['accept', 'decline']) })

/** The agenda, and what is answered in it; for who sees no times, the bookings by what they cost. */
export const consoleRoutes: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  const { settings } = deps

  app.get(
    '/console',
    { config: { may: 'read bookings' }, schema: { hide: true, querystring: Week } },
    async (request, reply) => {
      const { scope, actor, query } = request
      const frame = frameOf(request, settings)
      if (actor.kind === 'staff' && !everSees(actor, 'time')) {
        const { items, next } = await listBookings(deps, scope, actor, { after: query.after, limit: 50 })
        return personalPage(reply, <AmountsPage frame={frame} bookings={items} next={next} />)
      }
      const agenda = await readAgenda(deps, scope, actor, query.week)
      return personalPage(reply, <Agenda frame={frame} {...agenda} />)
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
