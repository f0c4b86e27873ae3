import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { acceptBooking } from '../../bookings/accept-booking.ts'
import { readSuggestion } from '../../bookings/read-suggestion.ts'
import { Person } from '../../bookings/schema.ts'
import type { Actor } from '../../identity/actor.ts'
import { nameIfMissing } from '../../identity/preferences.ts'
import { askToSignIn, signInByCode } from '../../identity/sign-in-person.ts'
import { askedHere, keepAskedHere, keepSignedIn } from '../../identity/visit.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Faults } from '../components/fields.tsx'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { codeFault } from '../site/code-fault.ts'
import { AcceptPage } from './accept.tsx'
import { AnsweredAlready } from './acceptance.tsx'

const params = z.object({ token: z.string().max(100) })
const may = 'answer by a link'
const Text = z.string().max(300).optional()

type Asked = FastifyRequest & { params: { token: string } }

/** Who says yes proves an address of their own first: the link is in other hands too. */
export const acceptPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/a/:token/acceptance', { config: { may }, schema: { hide: true, params } }, async (request, reply) =>
    acceptPage(request, reply)
  )

  app.post(
    '/a/:token/codes',
    { config: { may, limit: 'answers' }, schema: { hide: true, params, body: z.object({ name: Text, email: Text }) } },
    async (request, reply) => {
      const { name, email = '' } = request.body
      const read = Person.pick({ email: true }).safeParse({ email: email.trim() })
      if (!read.success) {
        const faults = { email: 'Give an e-mail address such as name@example.com' }
        return acceptPage(request, reply.code(422), { given: { name, email }, faults })
      }
      const asked = await askToSignIn(deps, request.scope, read.data.email, askedHere(request))
      keepAskedHere(request, asked)
      return acceptPage(request, reply, { given: { name, email, request: asked.request } })
    }
  )

  app.post(
    '/a/:token/acceptance',
    {
      config: { may, limit: 'signIns' },
      schema: { hide: true, params, body: z.object({ request: z.uuid().optional(), code: Text, name: Text }) }
    },
    async (request, reply) => {
      const { scope, body } = request
      const { token } = request.params
      const signed = await signIn(request)
      if (signed.fault !== undefined) {
        const given = { request: body.request, name: body.name }
        return acceptPage(request, reply.code(422), { given, faults: { code: signed.fault } })
      }
      const { actor } = signed
      const { booking } = await readSuggestion(deps, scope, token)
      const refused = await acceptBooking(deps, scope, actor, booking, token).then(() => undefined, told)
      if (refused === undefined) {
        const name = body.name?.trim()
        if (actor.kind === 'person' && name) await nameIfMissing(deps, scope, actor.person, name)
        return reply.redirect(`/b/${booking}`, 303)
      }
      if (refused === 'own-address-needed')
        return acceptPage(request, reply.code(422), {
          faults: { email: 'Each of you says yes with an address of their own: give another one' },
          afresh: true
        })
      if (refused === 'step-needed' || refused === 'sign-in-needed') return reply.redirect('/sign-in', 303)
      if (refused === 'answered-already')
        return personalPage(reply.code(409), <AnsweredAlready frame={frameOf(request, deps.settings)} />)
      return reply.redirect(`/a/${token}`, 303)
    }
  )

  /** Whoever is signed in, or signs in now by the code that was mailed. */
  async function signIn(
    request: FastifyRequest & { body: { request?: string | undefined; code?: string | undefined } }
  ) {
    const { scope, actor, body, headers } = request
    if (!body.request || body.code === undefined) return { actor, fault: undefined }
    const code = body.code.replace(/\D/g, '')
    const given = { code, request: body.request, device: headers['user-agent'] }
    const signed = await signInByCode(deps, scope, given).catch(codeFault)
    if (typeof signed === 'string') return { actor, fault: signed }
    const { id, person, steppedAt } = signed.session
    keepSignedIn(request, signed.session)
    const proven: Actor = { kind: 'person', person, session: id, stepped: steppedAt !== null }
    return { actor: proven, fault: undefined }
  }

  async function acceptPage(
    request: Asked,
    reply: FastifyReply,
    { given = {}, faults = {}, afresh = false }: Partial<AcceptAgain> = {}
  ) {
    const { token } = request.params
    const suggestion = await readSuggestion(deps, request.scope, token)
    if (!suggestion.open) return reply.redirect(`/a/${token}`, 303)
    const signedIn = request.actor.kind === 'person' && request.actor.stepped && !afresh
    const frame = frameOf(request, deps.settings)
    return personalPage(reply, <AcceptPage {...{ frame, token, suggestion, signedIn, given, faults }} />)
  }
}

interface AcceptAgain {
  given: { name?: string | undefined; email?: string | undefined; request?: string | undefined }
  faults: Faults
  /** Another address is asked for, also of who is signed in. */
  afresh: boolean
}

/** Refusals after which there is a page to show; any other is thrown on. */
const known = new Set(['own-address-needed', 'step-needed', 'sign-in-needed', 'answered-already', 'nothing-to-answer'])

function told(error: unknown): string {
  if (error instanceof Problem && known.has(error.code)) return error.code
  throw error
}
