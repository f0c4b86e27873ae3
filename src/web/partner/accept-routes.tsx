import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { acceptBooking } from '../../bookings/accept-booking.ts'
import { Person } from '../../bookings/person-schema.ts'
import { readSuggestion } from '../../bookings/read-suggestion.ts'
import { askToSignIn } from '../../identity/sign-in-person.ts'
import { askedHere, keepAskedHere } from '../../identity/visit.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Faults } from '../components/fields.tsx'
import { mailboxFault } from '../components/person-fields.tsx'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { type AcceptGiven, AcceptPage } from './accept.tsx'
import { AcceptForm, keepOfYes, signInToAccept } from './accept-sign-in.ts'
import { AnsweredAlready } from './acceptance.tsx'

const params = z.object({ token: z.string().max(100) })
const may = 'answer by a link'
const Text = z.string().max(300).optional()
const AddressForm = z.object({ name: Text, email: Text, mailbox: Text })

type Asked = FastifyRequest & { params: { token: string } }

/** Who says yes proves an address of their own first: the link is in other hands too. */
export const acceptPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/a/:token/acceptance', { config: { may }, schema: { hide: true, params } }, async (request, reply) =>
    acceptPage(request, reply)
  )

  app.post(
    '/a/:token/codes',
    { config: { may, limit: 'answers' }, schema: { hide: true, params, body: AddressForm } },
    async (request, reply) => {
      const { name, email = '', mailbox } = request.body
      const read = Person.pick({ email: true }).safeParse({ email: email.trim() })
      const isSaid = mailbox === 'own' || mailbox === 'shared'
      if (!read.success || !isSaid) {
        const faults = {
          ...(!read.success && { email: 'Give an e-mail address such as name@example.com' }),
          ...(!isSaid && { mailbox: mailboxFault })
        }
        return acceptPage(request, reply.code(422), { given: { name, email, mailbox }, faults })
      }
      const asked = await askToSignIn(deps, request.scope, read.data.email, askedHere(request))
      keepAskedHere(request, asked)
      return acceptPage(request, reply, { given: { name, mailbox, request: asked.request } })
    }
  )

  app.post(
    '/a/:token/acceptance',
    {
      config: { may, limit: 'signIns' },
      schema: { hide: true, params, body: AcceptForm }
    },
    async (request, reply) => {
      const { scope, body } = request
      const { token } = request.params
      const signed = await signInToAccept(deps, request)
      if (signed.faults) {
        const { request: asked, name, mailbox } = body
        return acceptPage(request, reply.code(422), { given: { request: asked, name, mailbox }, faults: signed.faults })
      }
      const { actor } = signed
      const { booking } = await readSuggestion(deps, scope, token)
      const refused = await acceptBooking(deps, scope, actor, booking, token).then(() => undefined, told)
      if (refused === undefined) {
        await keepOfYes(deps, scope, signed, body)
        return reply.redirect(`/b/${booking}`, 303)
      }
      if (refused === 'own-address-needed')
        return acceptPage(request, reply.code(422), {
          faults: { email: 'Each of you says yes with an address of their own: give another one' },
          afresh: true
        })
      // What was asked for is given here: the address, or the second step.
      if (refused === 'step-needed' || refused === 'sign-in-needed')
        return reply.redirect(`/a/${token}/acceptance`, 303)
      if (refused === 'answered-already')
        return personalPage(reply.code(409), <AnsweredAlready frame={frameOf(request, deps.settings)} />)
      return reply.redirect(`/a/${token}`, 303)
    }
  )

  async function acceptPage(
    request: Asked,
    reply: FastifyReply,
    { given = {}, faults = {}, afresh = false }: Partial<AcceptAgain> = {}
  ) {
    const { token } = request.params
    const suggestion = await readSuggestion(deps, request.scope, token)
    if (!suggestion.open) return reply.redirect(`/a/${token}`, 303)
    const isPerson = request.actor.kind === 'person' && !afresh
    const signedIn = isPerson && (request.actor.stepped || 'unstepped')
    const frame = frameOf(request, deps.settings)
    return personalPage(reply, <AcceptPage {...{ frame, token, suggestion, signedIn, given, faults }} />)
  }
}

interface AcceptAgain {
  given: AcceptGiven
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
