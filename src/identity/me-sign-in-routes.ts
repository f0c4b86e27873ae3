import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { refusals } from '../kernel/wire.ts'
import { askForAddress, changeAddress } from './change-address.ts'
import { saveMailbox } from './mailbox.ts'
import { AddressCode, AddressRequest, MailboxRequest, MeView, PinRequest, viewMe } from './me-schema.ts'
import { readPerson } from './people.ts'
import type { PracticeScope } from './practice.ts'
import { SignInLinkView } from './schema.ts'
import { setPin } from './set-pin.ts'
import { signedInPerson } from './signed-in.ts'
import { stepOwner } from './step-owner.ts'

const tags = ['me']
const changing = { may: 'change one’s own things' } as const

/** How a person gets in: their address, who else reads it, and their own PIN. */
export const meSignInRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.put(
    '/api/me/mailbox',
    {
      config: changing,
      schema: {
        operationId: 'saveMailbox',
        tags,
        body: MailboxRequest,
        response: { 200: MeView, ...refusals(401, 403, 409, 422) }
      }
    },
    async ({ scope, actor, body }) => {
      const { person } = signedInPerson(actor)
      await saveMailbox(deps, scope, person, body.shared)
      return me(scope, person)
    }
  )

  app.put(
    '/api/me/pin',
    {
      config: { ...changing, limit: 'signIns' },
      schema: {
        operationId: 'setPin',
        tags,
        body: PinRequest,
        response: { 204: z.null(), ...refusals(401, 403, 422, 429) }
      }
    },
    async ({ scope, actor, body }, reply) => {
      await setPin(deps, scope, stepOwner(actor), { pin: body.pin, now: body.current })
      return reply.code(204).send(null)
    }
  )

  app.post(
    '/api/me/address-requests',
    {
      config: { ...changing, limit: 'answers', makes: false },
      schema: {
        operationId: 'askForAddress',
        tags,
        body: AddressRequest,
        response: { 202: SignInLinkView, ...refusals(401, 403, 422, 429) }
      }
    },
    async ({ scope, actor, body }, reply) => {
      const { request } = await askForAddress(deps, scope, signedInPerson(actor), body.email)
      return reply.code(202).send({ request })
    }
  )

  app.post(
    '/api/me/address',
    {
      config: { ...changing, makes: false },
      schema: {
        operationId: 'changeAddress',
        tags,
        body: AddressCode,
        response: { 200: MeView, ...refusals(401, 403, 409, 422) }
      }
    },
    async ({ scope, actor, body }) => {
      const owner = signedInPerson(actor)
      await changeAddress(deps, scope, owner, body)
      return me(scope, owner.person)
    }
  )

  async function me(scope: PracticeScope, person: string) {
    return viewMe(await readPerson(deps, deps.db, scope, person))
  }
}
