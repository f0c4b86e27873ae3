import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { overrides } from '../../availability/override.ts'
import { endProposal } from '../../bookings/end-proposal.ts'
import { proposePrivately } from '../../bookings/propose-privately.ts'
import { listProposals, theirProposal } from '../../bookings/read-private-proposal.ts'
import { noSuchType, type SessionType } from '../../catalog/session-type.ts'
import { findSessionType, listSessionTypes } from '../../catalog/store.ts'
import { LocalDate } from '../../kernel/time.ts'
import { Slug } from '../../kernel/wire.ts'
import type { Faults } from '../components/fields.tsx'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { clientIn } from './caller-fields.tsx'
import { faultsOf } from './new-booking-form.ts'
import { NewProposal, type NewProposalProps } from './new-proposal.tsx'
import { ProposalForm, readProposal } from './new-proposal-form.ts'
import { readOwnPlan } from './own-plan-form.ts'
import { Proposals } from './proposals.tsx'
import { readNewProposalPage } from './read-new-proposal.ts'

const config = { may: 'propose privately' } as const
const Query = z.object({
  type: Slug.optional().catch(undefined),
  from: LocalDate.optional().catch(undefined),
  client: z.uuid().optional().catch(undefined)
})

/** Private proposals: what there is, a new one, and one that is taken back. */
export const proposalsPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/console/proposals', { config, schema: { hide: true } }, async (request, reply) => {
    const { scope, actor } = request
    const items = await listProposals(deps, scope, actor)
    const types = new Map((await listSessionTypes(deps.db, scope)).map(({ slug, name }) => [slug, name]))
    const frame = frameOf(request, deps.settings)
    return personalPage(reply, <Proposals frame={frame} items={items} types={types} zone={scope.practice.zone} />)
  })

  app.get('/console/proposals/new', { config, schema: { hide: true, querystring: Query } }, async (request, reply) =>
    show(request, reply, request.query)
  )

  app.post(
    '/console/proposals/new',
    { config: { ...config, makes: true }, schema: { hide: true, body: ProposalForm } },
    async (request, reply) => {
      const { scope, actor, body, idToMake } = request
      const type = await findSessionType(deps.db, scope, body.type)
      if (!type) throw noSuchType(`There is no session type “${body.type}”`)
      if (body.look !== undefined) return showTyped(request, reply, body, type, readOwnPlan(body, type).faults)
      const { wanted, faults } = readProposal(body, type, scope.practice.zone)
      const made =
        wanted &&
        (await proposePrivately(deps, scope, actor, wanted, idToMake).catch((error: unknown) => faultsOf(error)))
      if (typeof made === 'string') return reply.redirect('/console/proposals', 303)
      return showTyped(request, reply, body, type, made ?? faults)
    }
  )

  app.post(
    '/console/proposals/:id/withdrawal',
    { config, schema: { hide: true, params: z.object({ id: z.uuid() }) } },
    async ({ scope, actor, params }, reply) => {
      await endProposal(deps, scope, actor, await theirProposal(deps, scope, actor, params.id), 'withdrawn')
      return reply.redirect('/console/proposals', 303)
    }
  )

  /** The page again with all that was typed, and what is free for it. */
  async function showTyped(
    request: FastifyRequest,
    reply: FastifyReply,
    body: ProposalForm,
    type: SessionType,
    faults: Faults
  ) {
    const { plan = type.plan } = readOwnPlan(body, type)
    // Outside the hours only what has hours of its own can be listed: anything else could begin at any minute.
    const override = overrides.filter(rule => plan.anchor === 'day' && body.override?.includes(rule))
    const from = LocalDate.safeParse(body.look).data ?? body.from
    const asked = { type: body.type, from, client: clientIn(body.caller), own: { plan, override } }
    const given = { ...body, slots: body.slot ?? [], hold: body.hold ?? 'no' }
    return show(request, Object.keys(faults).length > 0 ? reply.code(422) : reply, asked, given, faults)
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: Parameters<typeof readNewProposalPage>[3],
    given: NewProposalProps['given'] = { slots: [] },
    faults: Faults = {}
  ) {
    const { caller, usual, ...page } = await readNewProposalPage(deps, request.scope, request.actor, asked)
    const frame = frameOf(request, deps.settings)
    const shown = { ...usual, ...given, caller: given.caller ?? caller }
    return personalPage(reply, <NewProposal frame={frame} {...page} given={shown} faults={faults} />)
  }
}
