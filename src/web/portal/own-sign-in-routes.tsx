import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { endDevice, endOtherDevices, listDevices } from '../../identity/devices.ts'
import { saveMailbox } from '../../identity/mailbox.ts'
import { readPerson } from '../../identity/people.ts'
import { faultOf } from '../../identity/pin.ts'
import { hasSecondStep } from '../../identity/read-second-steps.ts'
import { setPin } from '../../identity/set-pin.ts'
import { signedInPerson } from '../../identity/signed-in.ts'
import { stepOwner } from '../../identity/step-owner.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Faults } from '../components/fields.tsx'
import { mailboxFault } from '../components/person-fields.tsx'
import { frameOf, personalPage } from '../page.ts'
import { Mailbox } from './mailbox.tsx'
import { OwnSignIn } from './own-sign-in.tsx'

const changing = { may: 'change one’s own things' } as const
const trying = { ...changing, limit: 'signIns' } as const
const hide = true
const text = z.string().max(1000).default('')
const MailboxForm = z.object({ mailbox: text, pin: text })
const Device = z.object({ device: z.uuid() })

/** How a person gets in: the second step, who else reads the mailbox, and where they are signed in. */
export const ownSignInPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const { settings } = deps

  app.get('/me/sign-in', { config: { may: 'read one’s own things' }, schema: { hide } }, async (request, reply) =>
    show(request, reply)
  )

  app.post('/me/devices/removal', { config: changing, schema: { hide } }, async ({ scope, actor }, reply) => {
    await endOtherDevices(deps, scope, signedInPerson(actor))
    return reply.redirect('/me/sign-in', 303)
  })

  app.post(
    '/me/devices/:device/removal',
    { config: changing, schema: { hide, params: Device } },
    async (request, reply) => {
      await endDevice(deps, request.scope, signedInPerson(request.actor), request.params.device)
      return reply.redirect('/me/sign-in', 303)
    }
  )

  app.get('/me/mailbox', { config: { may: 'read one’s own things' }, schema: { hide } }, async (request, reply) => {
    const { person } = signedInPerson(request.actor)
    const { sharedMailbox } = await readPerson(deps, deps.db, request.scope, person)
    // Nothing is ticked for whoever has never answered: a mailbox of one's own is not taken for granted.
    return mailbox(request, reply, sharedMailbox ? 'shared' : '', {})
  })

  app.post('/me/mailbox', { config: trying, schema: { hide, body: MailboxForm } }, async (request, reply) => {
    const { scope, actor, body } = request
    const { person } = signedInPerson(actor)
    const shared = body.mailbox === 'shared'
    if (!shared && body.mailbox !== 'own') return mailbox(request, reply, body.mailbox, { mailbox: mailboxFault })
    if (shared && !(await hasSecondStep(deps.db, scope, person))) {
      const fault = faultOf(body.pin)
      if (fault) return mailbox(request, reply, body.mailbox, { pin: fault })
      await setPin(deps, scope, stepOwner(actor), { pin: body.pin })
    }
    await saveMailbox(deps, scope, person, shared)
    return reply.redirect('/me', 303)
  })

  async function show(request: FastifyRequest, reply: FastifyReply) {
    const { scope, actor } = request
    const owner = signedInPerson(actor)
    const { email, zone, sharedMailbox } = await readPerson(deps, deps.db, scope, owner.person)
    const devices = await listDevices(deps, scope, owner)
    const hasStep = await hasSecondStep(deps.db, scope, owner.person)
    const shown = { email, zone, sharedMailbox, devices, hasStep }
    return personalPage(reply, <OwnSignIn frame={frameOf(request, settings)} {...shown} />)
  }

  async function mailbox(request: FastifyRequest, reply: FastifyReply, chosen: string, faults: Faults) {
    const hasStep = await hasSecondStep(deps.db, request.scope, signedInPerson(request.actor).person)
    const frame = frameOf(request, settings)
    return personalPage(
      reply.code(Object.keys(faults).length > 0 ? 422 : 200),
      <Mailbox frame={frame} chosen={chosen} hasStep={hasStep} faults={faults} />
    )
  }
}
