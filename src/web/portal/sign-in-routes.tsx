import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { codeSpent } from '../../identity/codes.ts'
import { maskedAddress, readPerson } from '../../identity/people.ts'
import { SignInLinkRequest } from '../../identity/schema.ts'
import type { Session } from '../../identity/session.ts'
import {
  askToSignIn,
  findAskedFor,
  findAskedHere,
  linkElsewhere,
  signInByCode,
  signInByLink
} from '../../identity/sign-in-person.ts'
import { askedHere, keepAskedHere, keepSignedIn } from '../../identity/visit.ts'
import type { Deps } from '../../kernel/deps.ts'
import { Problem } from '../../kernel/problem.ts'
import { frameOf, personalPage } from '../page.ts'
import { codeFault } from '../site/code-fault.ts'
import { AskCode, GiveCode, LinkElsewhere, UseLink } from './sign-in.tsx'

const Ask = z.object({ email: z.string().max(1000).default('') })
const Trusted = { trusted: z.literal('yes').optional().catch(undefined) }
const CodeForm = z.object({ code: z.string().max(100).default(''), ...Trusted })
const Request = z.object({ request: z.uuid() })
const Link = z.object({ link: z.string().max(200) })
const config = { may: 'sign in' } as const
const hide = true

/** How a person signs in: an address, and the mailed code or link. */
export const signInPersonPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const { settings } = deps

  app.get('/sign-in', { config, schema: { hide } }, async (request, reply) =>
    request.actor.kind === 'person' && request.actor.stepped
      ? reply.redirect('/me', 303)
      : personalPage(reply, <AskCode frame={frameOf(request, settings)} email="" faults={{}} />)
  )

  app.post(
    '/sign-in',
    { config: { ...config, limit: 'answers' }, schema: { hide, body: Ask } },
    async (request, reply) => {
      const email = request.body.email.trim()
      const typed = SignInLinkRequest.safeParse({ email })
      if (!typed.success) {
        const faults = { email: typed.error.issues[0]?.message ?? '' }
        return personalPage(
          reply.code(422),
          <AskCode frame={frameOf(request, settings)} email={email} faults={faults} />
        )
      }
      const asked = await askToSignIn(deps, request.scope, email, askedHere(request))
      keepAskedHere(request, asked)
      return reply.redirect(`/sign-in/${asked.request}`, 303)
    }
  )

  app.get('/sign-in/:request', { config, schema: { hide, params: Request } }, async (request, reply) =>
    giveCode(request, reply, request.params.request)
  )

  app.post(
    '/sign-in/:request',
    { config: { ...config, limit: 'signIns' }, schema: { hide, params: Request, body: CodeForm } },
    async (request, reply) => {
      const { scope, params, body, headers } = request
      const code = body.code.replace(/\D/g, '')
      const browser = askedHere(request) ?? ''
      const manner = { device: headers['user-agent'], trusted: body.trusted === 'yes' }
      const signed = await signInByCode(deps, scope, { code, request: params.request, browser, ...manner }).catch(
        codeFault
      )
      return typeof signed === 'string'
        ? giveCode(request, reply, params.request, signed)
        : enter(request, reply, signed)
    }
  )

  app.get('/s/:link', { config, schema: { hide, params: Link } }, async (request, reply) => {
    const { scope, params } = request
    const asked = await findAskedHere(deps, scope, params.link, askedHere(request))
    const frame = frameOf(request, settings)
    if (!asked) return personalPage(reply.code(409), <LinkElsewhere frame={frame} />)
    const { email } = await readPerson(deps, deps.db, scope, asked.carrierId)
    return personalPage(reply, <UseLink frame={frame} link={params.link} masked={maskedAddress(email)} />)
  })

  app.post(
    '/s/:link',
    { config: { ...config, limit: 'signIns' }, schema: { hide, params: Link, body: z.object(Trusted) } },
    async (request, reply) => {
      const { scope, params, body, headers } = request
      const manner = { device: headers['user-agent'], trusted: body.trusted === 'yes' }
      const asked = { link: params.link, browser: askedHere(request), ...manner }
      const signed = await signInByLink(deps, scope, asked).catch(elsewhere)
      if (signed) return enter(request, reply, signed)
      return personalPage(reply.code(409), <LinkElsewhere frame={frameOf(request, settings)} />)
    }
  )

  /** Who is somebody only now is asked who else reads the mailbox, before anything is theirs. */
  function enter(
    request: FastifyRequest,
    reply: FastifyReply,
    { session, isNew }: { session: Session; isNew: boolean }
  ) {
    keepSignedIn(request, session)
    return reply.redirect(!session.steppedAt ? '/me/second-step' : isNew ? '/me/mailbox' : '/me', 303)
  }

  async function giveCode(request: FastifyRequest, reply: FastifyReply, id: string, fault?: string) {
    const browser = askedHere(request)
    const asked = browser && (await findAskedFor(deps, request.scope, id, browser))
    const masked = asked && maskedAddress((await readPerson(deps, deps.db, request.scope, asked.carrierId)).email)
    return personalPage(
      reply.code(fault ? 422 : 200),
      <GiveCode
        frame={frameOf(request, settings)}
        request={id}
        masked={masked || undefined}
        faults={fault ? { code: fault } : {}}
      />
    )
  }
}

const over = new Set([linkElsewhere, codeSpent].map(make => make().code))

/** A link that signs nobody in has a page of its own; whatever else is thrown goes on. */
function elsewhere(error: unknown): undefined {
  if (error instanceof Problem && over.has(error.code)) return undefined
  throw error
}
