import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { page, refusals } from '../kernel/wire.ts'
import { endDevice, endOtherDevices, listDevices } from './devices.ts'
import { DeviceView, MeView, PreferencesRequest, viewMe } from './me-schema.ts'
import { readPerson } from './people.ts'
import type { PracticeScope } from './practice.ts'
import { savePreferences } from './preferences.ts'
import { signedInPerson } from './signed-in.ts'

const tags = ['me']
const reading = { may: 'read one’s own things' } as const
const changing = { may: 'change one’s own things' } as const

/** A person's own things: who they are here, how they are written to, where they are signed in. */
export const meRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/api/me',
    { config: reading, schema: { operationId: 'me', tags, response: { 200: MeView, ...refusals(401, 403) } } },
    async ({ scope, actor }) => me(scope, signedInPerson(actor).person)
  )

  app.patch(
    '/api/me/preferences',
    {
      config: changing,
      schema: {
        operationId: 'savePreferences',
        tags,
        body: PreferencesRequest,
        response: { 200: MeView, ...refusals(401, 403, 422) }
      }
    },
    async ({ scope, actor, body }) => {
      const { person } = signedInPerson(actor)
      await savePreferences(deps, scope, person, body)
      return me(scope, person)
    }
  )

  app.get(
    '/api/me/devices',
    {
      config: reading,
      schema: { operationId: 'devices', tags, response: { 200: page(DeviceView), ...refusals(401, 403) } }
    },
    async ({ scope, actor }) => ({ items: await listDevices(deps, scope, signedInPerson(actor)), next: null })
  )

  app.delete(
    '/api/me/devices/:id',
    {
      config: changing,
      schema: {
        operationId: 'endDevice',
        tags,
        params: z.object({ id: z.uuid() }),
        response: { 204: z.null(), ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }, reply) => {
      await endDevice(deps, scope, signedInPerson(actor), params.id)
      return reply.code(204).send(null)
    }
  )

  app.delete(
    '/api/me/devices',
    {
      config: changing,
      schema: { operationId: 'endOtherDevices', tags, response: { 204: z.null(), ...refusals(401, 403) } }
    },
    async ({ scope, actor }, reply) => {
      await endOtherDevices(deps, scope, signedInPerson(actor))
      return reply.code(204).send(null)
    }
  )

  async function me(scope: PracticeScope, person: string) {
    return viewMe(await readPerson(deps, deps.db, scope, person))
  }
}
