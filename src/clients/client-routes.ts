import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { page, refusals } from '../kernel/wire.ts'
import { ClientsQuery, ClientView, ConfirmationBody, PossibleTimesView } from './client-schema.ts'
import { setConfirmation } from './confirmation.ts'
import { readClient, readClients } from './read-clients.ts'
import { readPossibleTimes } from './read-possible-times.ts'
import { raiseFlag, takeFlagAway } from './safety-flag.ts'

const params = z.object({ id: z.uuid() })
const tags = ['staff']
const flagging = { config: { may: 'raise a safety flag' } } as const
const done = { 204: z.null(), ...refusals(401, 403, 404) }

/** Clients for staff: who belongs to them, how their bookings are confirmed, and a therapist's own mark. */
export const clientRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/api/clients',
    {
      config: { may: 'read clients' },
      schema: {
        operationId: 'clients',
        tags,
        querystring: ClientsQuery,
        response: { 200: page(ClientView), ...refusals(401, 403, 422) }
      }
    },
    async ({ scope, actor, query }) => readClients(deps, scope, actor, query)
  )

  app.get(
    '/api/clients/:id',
    {
      config: { may: 'read clients' },
      schema: { operationId: 'client', tags, params, response: { 200: ClientView, ...refusals(401, 403, 404) } }
    },
    async ({ scope, actor, params }) => readClient(deps, scope, actor, params.id)
  )

  app.get(
    '/api/clients/:id/possible-times',
    {
      config: { may: 'read clients' },
      schema: {
        operationId: 'possibleTimes',
        tags,
        params,
        response: { 200: PossibleTimesView, ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }) => readPossibleTimes(deps, scope, actor, params.id)
  )

  app.put(
    '/api/clients/:id/confirmation',
    {
      config: { may: 'choose how bookings are confirmed' },
      schema: {
        operationId: 'setConfirmation',
        tags,
        params,
        body: ConfirmationBody,
        response: { 200: ClientView, ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, params, body }) => {
      await setConfirmation(deps, scope, actor, params.id, body.confirmation)
      return readClient(deps, scope, actor, params.id)
    }
  )

  app.put(
    '/api/clients/:id/safety-flag',
    { ...flagging, schema: { operationId: 'raiseSafetyFlag', tags, params, response: done } },
    async ({ scope, actor, params }, reply) => {
      await raiseFlag(deps, scope, actor, params.id)
      return reply.code(204).send(null)
    }
  )

  app.delete(
    '/api/clients/:id/safety-flag',
    { ...flagging, schema: { operationId: 'takeSafetyFlagAway', tags, params, response: done } },
    async ({ scope, actor, params }, reply) => {
      await takeFlagAway(deps, scope, actor, params.id)
      return reply.code(204).send(null)
    }
  )
}
