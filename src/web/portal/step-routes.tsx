import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { passSecondStep } from '../../identity/pass-second-step.ts'
import { SignedByPasskey } from '../../identity/passkey.ts'
import { askForPasskey } from '../../identity/prove-passkey.ts'
import { stepOwner } from '../../identity/step-owner.ts'
import type { Deps } from '../../kernel/deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { stepFault } from '../step-fault.ts'
import { GiveStep } from './step.tsx'

const StepForm = z.union([z.object({ passkey: SignedByPasskey }), z.object({ pin: z.string().max(100).default('') })])
const passing = { may: 'pass one’s own second step' } as const
const hide = true

/** The second step of a person's sign-in, where one is set up or somebody else reads the mailbox. */
export const stepPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const { settings } = deps

  app.get('/sign-in/step', { config: passing, schema: { hide } }, async (request, reply) =>
    request.actor.kind === 'person' && request.actor.stepped
      ? reply.redirect('/me', 303)
      : personalPage(reply, <GiveStep frame={frameOf(request, settings)} fault={undefined} />)
  )

  app.post(
    '/sign-in/step',
    { config: { ...passing, limit: 'signIns' }, schema: { hide, body: StepForm } },
    async (request, reply) => {
      const { scope, actor, body, host } = request
      const owner = stepOwner(actor)
      const given =
        'passkey' in body
          ? { kind: 'passkey' as const, host, response: body.passkey, subject: owner.session }
          : { kind: 'pin' as const, pin: body.pin }
      const fault = await passSecondStep(deps, scope, owner, given).then(() => undefined, stepFault)
      if (fault === undefined) return reply.redirect('/me', 303)
      return personalPage(reply.code(401), <GiveStep frame={frameOf(request, settings)} fault={fault} />)
    }
  )

  app.post('/sign-in/step/passkey', { config: passing, schema: { hide } }, async ({ scope, actor, host }) =>
    askForPasskey(deps, scope, stepOwner(actor).session, host)
  )
}
