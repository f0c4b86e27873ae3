import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { page, refusals, Slug } from '../kernel/wire.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { approveEntry } from './approve-entry.ts'
import { changeEdition } from './change-edition.ts'
import { DatesView, EditionChange, EditionRequest, EditionView } from './edition-schema.ts'
import { listDates, listEditionsForStaff } from './list-editions.ts'
import { makeEdition } from './make-edition.ts'
import { readRoster } from './read-roster.ts'
import { EntryApproval, RosterView, SeatTransfer } from './roster-schema.ts'
import { transferSeat } from './transfer-seat.ts'

const Type = z.object({ slug: Slug })
const Id = z.object({ id: z.uuid() })

/** Dates that everybody may read, and what staff do with them. */
export const editionRoutes: FastifyPluginAsyncZod<{ deps: PaymentDeps }> = async (app, { deps }) => {
  app.get(
    '/api/session-types/:slug/editions',
    {
      config: { may: 'read slots', limit: 'windows' },
      schema: {
        operationId: 'dates',
        tags: ['catalogue'],
        params: Type,
        response: { 200: z.object({ items: z.array(DatesView) }), ...refusals(404, 429) }
      }
    },
    async ({ scope, params }) => ({ items: await listDates(deps, scope, params.slug) })
  )

  app.post(
    '/api/session-types/:slug/editions',
    {
      config: { may: 'change editions' },
      schema: {
        operationId: 'makeEdition',
        tags: ['staff'],
        params: Type,
        body: EditionRequest,
        response: { 201: EditionView, ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, params, body, idToMake }, reply) =>
      reply.code(201).send(await makeEdition(deps, scope, actor, params.slug, body, idToMake))
  )

  app.get(
    '/api/editions',
    {
      config: { may: 'read editions' },
      schema: { operationId: 'editions', tags: ['staff'], response: { 200: page(EditionView), ...refusals(401, 403) } }
    },
    async ({ scope }) => ({ items: await listEditionsForStaff(deps, scope), next: null })
  )

  app.patch(
    '/api/editions/:id',
    {
      config: { may: 'change editions' },
      schema: {
        operationId: 'changeEdition',
        tags: ['staff'],
        params: Id,
        body: EditionChange,
        response: { 200: EditionView, ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, params, body }) => changeEdition(deps, scope, actor, params.id, body)
  )

  app.get(
    '/api/editions/:id/roster',
    {
      config: { may: 'read editions' },
      schema: {
        operationId: 'roster',
        tags: ['staff'],
        params: Id,
        response: { 200: RosterView, ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }) => readRoster(deps, scope, actor, params.id)
  )

  app.post(
    '/api/waitlist-entries/:id/approval',
    {
      config: { may: 'approve bookings', makes: false },
      schema: {
        operationId: 'approveEntry',
        tags: ['staff'],
        params: Id,
        body: EntryApproval.nullish(),
        response: { 204: z.null(), ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, params, body }, reply) => {
      await approveEntry(deps, scope, actor, params.id, body?.spokenWithEach)
      return reply.code(204).send(null)
    }
  )

  app.post(
    '/api/bookings/:id/seat-transfer',
    {
      config: { may: 'change editions', makes: false },
      schema: {
        operationId: 'transferSeat',
        tags: ['staff'],
        params: Id,
        body: SeatTransfer,
        response: { 204: z.null(), ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, params, body }, reply) => {
      await transferSeat(deps, scope, actor, params.id, body)
      return reply.code(204).send(null)
    }
  )
}
