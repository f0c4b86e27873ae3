import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { approve } from '../../bookings/approve.ts'
import { signInStaff, wrongSignIn } from '../../identity/sign-in.ts'
import { signOut } from '../../identity/sign-out.ts'
import { forgetSignedIn, keepSignedIn } from '../../identity/visit.ts'
import { Problem } from '../../kernel/problem.ts'
import { LocalDate } from '../../kernel/time.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { Agenda } from './agenda.tsx'
import { readAgenda } from './read-agenda.ts'
import { SignIn } from './sign-in.tsx'

const Week = z.object({ week: LocalDate.optional().catch(undefined) })
const SignInForm = z.object({ email: z.string().max(254).default(''), password: z.string().max(1000).default('') })
const Answer = z.object({ answer: z.enum(['accept', 'decline']) })

/** Sign-in, the agenda, and what is answered in it. */
export const consoleRoutes: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  const { settings } = deps

  app.get('/console/sign-in', { config: { may: 'sign in' }, schema: { hide: true } }, async (request, reply) =>
    request.actor.kind === 'staff'
      ? reply.redirect('/console', 303)
      : personalPage(reply, <SignIn frame={frameOf(request, settings)} email="" fault={undefined} />)
  )

  app.post(
    '/console/sign-in',
    { config: { may: 'sign in', limit: 'signIns' }, schema: { hide: true, body: SignInForm } },
    async (request, reply) => {
      const device = request.headers['user-agent']
      const outcome = await signInStaff(deps, request.scope, { ...request.body, device }).catch(refused)
      if ('session' in outcome) {
        keepSignedIn(request, outcome.session)
        return reply.redirect('/console', 303)
      }
      const frame = frameOf(request, settings)
      return personalPage(reply.code(401), <SignIn frame={frame} email={request.body.email} fault={outcome.message} />)
    }
  )

  app.post('/console/sign-out', { config: { may: 'sign out' }, schema: { hide: true } }, async (request, reply) => {
    await signOut(deps, request.scope, request.actor)
    forgetSignedIn(request)
    return reply.redirect('/console/sign-in', 303)
  })

  app.get(
    '/console',
    { config: { may: 'read bookings' }, schema: { hide: true, querystring: Week } },
    async (request, reply) => {
      const agenda = await readAgenda(deps, request.scope, request.actor, request.query.week)
      return personalPage(reply, <Agenda frame={frameOf(request, settings)} {...agenda} />)
    }
  )

  app.post(
    '/console/bookings/:id/approval',
    { config: { may: 'approve bookings' }, schema: { hide: true, params: z.object({ id: z.uuid() }), body: Answer } },
    async (request, reply) => {
      const approved = request.body.answer === 'accept'
      await approve(deps, request.scope, request.actor, request.params.id, { approved })
      return reply.redirect('/console', 303)
    }
  )
}

/** A wrong sign-in is told on the page; whatever else is thrown goes on. */
function refused(error: unknown): Problem {
  if (error instanceof Problem && error.code === wrongSignIn().code) return error
  throw error
}
