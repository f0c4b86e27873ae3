import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readMemberships } from '../clients/end-membership.ts'
import { Instant } from '../kernel/time.ts'
import { page, refusals } from '../kernel/wire.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { leaveCouple, readLeaving } from './leave-couple.ts'
import { readBookingCalls } from './read-calls.ts'

const params = z.object({ id: z.uuid() })
const tags = ['together']
const Ahead = z.array(z.object({ start: Instant, end: Instant }))
const MembershipView = z
  .object({
    id: z.uuid(),
    kind: z.enum(['individual', 'couple']),
    since: Instant,
    until: Instant.nullable(),
    byHand: z.boolean()
  })
  .meta({ id: 'Membership' })
const CallView = z
  .object({
    person: z.uuid(),
    name: z.string(),
    state: z.enum(['none', 'booked', 'held', 'missed']),
    at: Instant.nullable()
  })
  .meta({ id: 'Call' })
const LeavingView = MembershipView.extend({ ahead: Ahead, pausing: z.boolean(), waiting: z.boolean() }).meta({
  id: 'Leaving'
})

/** What a person belongs to, and leaving it; and for staff the calls that come before a longer form. */
export const membershipRoutes: FastifyPluginAsyncZod<{ deps: PaymentDeps }> = async (app, { deps }) => {
  app.get(
    '/api/me/memberships',
    {
      config: { may: 'read one’s own things' },
      schema: { operationId: 'memberships', tags, response: { 200: page(MembershipView), ...refusals(401, 403) } }
    },
    async ({ scope, actor }) => ({
      items: (await readMemberships(deps, scope, actor)).map(one => ({ ...one, until: one.until ?? null })),
      next: null
    })
  )

  app.get(
    '/api/me/memberships/:id',
    {
      config: { may: 'read one’s own things' },
      schema: { operationId: 'membership', tags, params, response: { 200: LeavingView, ...refusals(401, 403, 404) } }
    },
    async ({ scope, actor, params }) => {
      const leaving = await readLeaving(deps, scope, actor, params.id)
      return { ...leaving, until: leaving.until ?? null }
    }
  )

  app.get(
    '/api/bookings/:id/calls',
    {
      config: { may: 'approve bookings' },
      schema: {
        operationId: 'calls',
        tags: ['staff'],
        params,
        response: { 200: page(CallView), ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }) => {
      const calls = await readBookingCalls(deps, scope, actor, params.id)
      return { items: calls.map(call => ({ ...call, at: call.at ?? null })), next: null }
    }
  )

  app.post(
    '/api/me/memberships/:id/end',
    {
      config: { may: 'change one’s own things', makes: false },
      schema: {
        operationId: 'endMembership',
        tags,
        params,
        response: { 200: z.object({ ended: Ahead }), ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }) => ({ ended: (await leaveCouple(deps, scope, actor, params.id)).ahead })
  )
}
