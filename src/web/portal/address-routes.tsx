import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { addressTaken, askForAddress, changeAddress } from '../../identity/change-address.ts'
import { codeSpent, wrongCode } from '../../identity/codes.ts'
import { AddressRequest } from '../../identity/me-schema.ts'
import { signedInPerson } from '../../identity/signed-in.ts'
import type { Deps } from '../../kernel/deps.ts'
import { Problem } from '../../kernel/problem.ts'
import { frameOf, personalPage } from '../page.ts'
import { Address } from './mailbox.tsx'

const changing = { may: 'change one’s own things' } as const
const hide = true
const text = z.string().max(1000).default('')
const params = z.object({ request: z.uuid() })

/** Another address for a person: the code goes there, and everything changes with it. */
export const addressPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get('/me/address', { config: changing, schema: { hide } }, async (request, reply) => show(request, reply, {}))

  app.post(
    '/me/address',
    { config: { ...changing, limit: 'answers' }, schema: { hide, body: z.object({ email: text }) } },
    async (request, reply) => {
      const email = request.body.email.trim()
      const read = AddressRequest.safeParse({ email })
      if (!read.success) return show(request, reply, { email, fault: read.error.issues[0]?.message ?? '' })
      const asked = await askForAddress(deps, request.scope, signedInPerson(request.actor), email)
      return reply.redirect(`/me/address/${asked.request}`, 303)
    }
  )

  app.get('/me/address/:request', { config: changing, schema: { hide, params } }, async (request, reply) =>
    show(request, reply, { asked: request.params.request })
  )

  app.post(
    '/me/address/:request',
    { config: { ...changing, limit: 'signIns' }, schema: { hide, params, body: z.object({ code: text }) } },
    async (request, reply) => {
      const asked = request.params.request
      const given = { request: asked, code: request.body.code.replace(/\D/g, '') }
      const changed = changeAddress(deps, request.scope, signedInPerson(request.actor), given)
      const fault = await changed.then(() => undefined, told)
      // Who reads the new mailbox was not said yet.
      return fault === undefined ? reply.redirect('/me/mailbox', 303) : show(request, reply, { asked, fault })
    }
  )

  function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { email = '', asked, fault }: { email?: string; asked?: string; fault?: string }
  ) {
    const faults = fault === undefined ? {} : { [asked ? 'code' : 'email']: fault }
    return personalPage(
      reply.code(fault === undefined ? 200 : 422),
      <Address frame={frameOf(request, deps.settings)} email={email} request={asked} faults={faults} />
    )
  }
}

const known = new Set([wrongCode, codeSpent, addressTaken].map(make => make().code))

/** What is said at the field; whatever else is thrown goes on. */
function told(error: unknown): string {
  if (error instanceof Problem && known.has(error.code)) return `${error.title}. ${error.message}`
  throw error
}
