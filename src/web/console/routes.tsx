import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { listBookings } from '../../bookings/list-bookings.ts'
import { everSees } from '../../identity/sight.ts'
import { LocalDate } from '../../kernel/time.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { Agenda } from './agenda.tsx'
import { AmountsPage } from './amounts.tsx'
import { readAgenda } from './read-agenda.ts'

const Week = z.object({ week: LocalDate.optional().catch(undefined), after: z.uuid().optional().catch(undefined) })

/** The agenda; for who sees no times, the bookings by what they cost. */
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
}
