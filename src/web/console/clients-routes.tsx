import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ConfirmationBody } from '../../clients/client-schema.ts'
import { keptByHand, setConfirmation } from '../../clients/confirmation.ts'
import { setFrequency } from '../../clients/frequency.ts'
import { readClients } from '../../clients/read-clients.ts'
import { raiseFlag, takeFlagAway } from '../../clients/safety-flag.ts'
import { Problem } from '../../kernel/problem.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { ClientDetail } from './client.tsx'
import { Clients } from './clients.tsx'
import { readClientPage } from './read-client.ts'
import { staffZone } from './staff-zone.ts'

const params = z.object({ id: z.uuid() })
const Query = z.object({ after: z.uuid().optional().catch(undefined) })
const Often = z.object({ oftener: z.enum(['yes', 'no']) })
const Flag = z.object({ flag: z.enum(['raise', 'away']) })
const aPage = 50

/** Clients for staff: a list, and each with what is joint and what is one’s alone. */
export const clientsPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get(
    '/console/clients',
    { config: { may: 'read clients' }, schema: { hide: true, querystring: Query } },
    async (request, reply) => {
      const { scope, actor, query } = request
      const { items, next } = await readClients(deps, scope, actor, { after: query.after, limit: aPage })
      const zone = await staffZone(deps, scope, actor)
      return personalPage(reply, <Clients frame={frameOf(request, deps.settings)} {...{ items, next, zone }} />)
    }
  )

  app.get(
    '/console/clients/:id',
    { config: { may: 'read clients' }, schema: { hide: true, params } },
    async (request, reply) => show(request, reply, request.params.id)
  )

  app.post(
    '/console/clients/:id/confirmation',
    { config: { may: 'choose how bookings are confirmed' }, schema: { hide: true, params, body: ConfirmationBody } },
    async (request, reply) => {
      const { scope, actor, params, body } = request
      const set = setConfirmation(deps, scope, actor, params.id, body.confirmation)
      const kept = await set.then(() => undefined, stillFlagged)
      if (kept) return show(request, reply.code(kept.status), params.id, `${kept.title}. ${kept.message}.`)
      return reply.redirect(`/console/clients/${params.id}`, 303)
    }
  )

  app.post(
    '/console/clients/:id/frequency',
    { config: { may: 'choose how bookings are confirmed' }, schema: { hide: true, params, body: Often } },
    async ({ scope, actor, params, body }, reply) => {
      await setFrequency(deps, scope, actor, params.id, body.oftener === 'yes')
      return reply.redirect(`/console/clients/${params.id}`, 303)
    }
  )

  app.post(
    '/console/clients/:id/safety-flag',
    { config: { may: 'raise a safety flag' }, schema: { hide: true, params, body: Flag } },
    async ({ scope, actor, params, body }, reply) => {
      if (body.flag === 'raise') await raiseFlag(deps, scope, actor, params.id)
      else await takeFlagAway(deps, scope, actor, params.id)
      return reply.redirect(`/console/clients/${params.id}`, 303)
    }
  )

  async function show(request: FastifyRequest, reply: FastifyReply, id: string, fault?: string) {
    const { scope, actor } = request
    const page = await readClientPage(deps, scope, actor, id)
    const zone = await staffZone(deps, scope, actor)
    const frame = frameOf(request, deps.settings)
    return personalPage(reply, <ClientDetail frame={frame} {...page} fault={fault} zone={zone} />)
  }
}

/** A flag that stands is told on the page; whatever else is thrown goes on. */
function stillFlagged(error: unknown): Problem {
  if (error instanceof Problem && error.code === keptByHand().code) return error
  throw error
}
