import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { SignedByPasskey } from '../../identity/passkey.ts'
import { askAtSignIn, beginSignIn, finishSignIn, signInOver } from '../../identity/sign-in-by-page.ts'
import { signOut } from '../../identity/sign-out.ts'
import { wrongSignIn } from '../../identity/staff-account.ts'
import { forgetSignedIn, forgetWaiting, keepSignedIn, keepWaitingHere, waitingHere } from '../../identity/visit.ts'
import { keepTurn } from '../../kernel/limit-plugin.ts'
import { Problem } from '../../kernel/problem.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { SignIn, SignInStep } from './sign-in.tsx'

const SignInForm = z.object({ email: z.string().max(254).default(''), password: z.string().max(1000).default('') })
const StepForm = z.union([z.object({ passkey: SignedByPasskey }), z.object({ code: z.string().max(100).default('') })])
const config = { may: 'sign in', limit: 'signIns' } as const

/** Staff sign in on two pages: address and password, then the second step. */
export const signInPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  const { settings } = deps

  app.get('/console/sign-in', { config: { may: 'sign in' }, schema: { hide: true } }, async (request, reply) =>
    request.actor.kind === 'staff'
      ? reply.redirect('/console', 303)
      : personalPage(reply, <SignIn frame={frameOf(request, settings)} email="" fault={undefined} />)
  )

  app.post('/console/sign-in', { config, schema: { hide: true, body: SignInForm } }, async (request, reply) => {
    const device = request.headers['user-agent']
    const outcome = await beginSignIn(deps, request.scope, { ...request.body, device }).catch(refused)
    if ('waiting' in outcome) {
      keepTurn(request)
      keepWaitingHere(request, outcome.waiting)
      return reply.redirect('/console/sign-in/step', 303)
    }
    if ('session' in outcome) {
      keepSignedIn(request, outcome.session)
      return reply.redirect(settings.sandbox ? '/console' : '/console/second-step', 303)
    }
    const frame = frameOf(request, settings)
    return personalPage(reply.code(401), <SignIn frame={frame} email={request.body.email} fault={outcome.message} />)
  })

  app.get('/console/sign-in/step', { config: { may: 'sign in' }, schema: { hide: true } }, async (request, reply) =>
    waitingHere(request)
      ? personalPage(reply, <SignInStep frame={frameOf(request, settings)} fault={undefined} />)
      : reply.redirect('/console/sign-in', 303)
  )

  app.post('/console/sign-in/step', { config, schema: { hide: true, body: StepForm } }, async (request, reply) => {
    const { scope, body, host, headers } = request
    const given =
      'passkey' in body
        ? { kind: 'passkey' as const, host, response: body.passkey }
        : { kind: 'code' as const, code: body.code }
    const outcome = await finishSignIn(deps, scope, waitingHere(request), given, headers['user-agent']).catch(refused)
    const frame = frameOf(request, settings)
    if ('session' in outcome) {
      forgetWaiting(request)
      keepSignedIn(request, outcome.session)
      return reply.redirect('/console', 303)
    }
    if (outcome.code !== signInOver().code)
      return personalPage(reply.code(401), <SignInStep frame={frame} fault={outcome.message} />)
    forgetWaiting(request)
    return personalPage(
      reply.code(401),
      <SignIn frame={frame} email="" fault={`${outcome.title}. ${outcome.message}`} />
    )
  })

  app.post('/console/sign-in/step/passkey', { config, schema: { hide: true } }, async request =>
    askAtSignIn(deps, request.scope, waitingHere(request), request.host)
  )

  app.post('/console/sign-out', { config: { may: 'sign out' }, schema: { hide: true } }, async (request, reply) => {
    await signOut(deps, request.scope, request.actor)
    forgetSignedIn(request)
    return reply.redirect('/console/sign-in', 303)
  })
}

/** A sign-in that does not fit is told on the page; whatever else is thrown goes on. */
function refused(error: unknown): Problem {
  if (error instanceof Problem && [wrongSignIn, signInOver].some(make => make().code === error.code)) return error
  throw error
}
