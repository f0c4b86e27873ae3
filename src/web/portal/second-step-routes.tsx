import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { isStepAsked, passSecondStep } from '../../identity/pass-second-step.ts'
import { MadePasskey, SignedByPasskey } from '../../identity/passkey.ts'
import { readPerson } from '../../identity/people.ts'
import { askForPasskey } from '../../identity/prove-passkey.ts'
import { readSecondSteps } from '../../identity/read-second-steps.ts'
import { addPasskey, beginPasskey } from '../../identity/register-passkey.ts'
import { removeSecondStep } from '../../identity/remove-second-step.ts'
import { setPin } from '../../identity/set-pin.ts'
import { stepOwner } from '../../identity/step-owner.ts'
import { type Given, verifySecondStep } from '../../identity/verify-second-step.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { stepFault } from '../step-fault.ts'
import { OwnSteps } from './second-step.tsx'
import { GiveStep } from './second-step-give.tsx'

const config = { may: 'pass one’s own second step' } as const
const given = { ...config, limit: 'signIns' } as const
const own = '/me/second-step'
const Digits = z.string().max(40).default('')
const GivenForm = z.union([
  z.object({ passkey: SignedByPasskey }),
  z.object({ pin: z.string().max(40) }),
  z.object({ code: z.string().max(40) })
])
const PinForm = z.object({ now: Digits, pin: Digits, again: Digits })
const Passkey = z.object({ name: z.string().trim().max(60).default(''), passkey: MadePasskey })
const Which = z.object({ step: z.union([z.literal('pin'), z.uuid()]) })

/** A person's own second step: given after signing in, and set up or taken away. Without it nothing else opens. */
export const ownStepPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get(own, { config, schema: { hide: true } }, async (request, reply) => show(request, reply))

  app.post(own, { config: given, schema: { hide: true, body: GivenForm } }, async (request, reply) => {
    const owner = stepOwner(request.actor)
    const fault = await passSecondStep(deps, request.scope, owner, whatWasGiven(request, request.body)).catch(stepFault)
    return fault ? show(request, reply.code(401), fault) : reply.redirect('/me', 303)
  })

  app.post(`${own}/question`, { config, schema: { hide: true } }, async ({ scope, actor, host }) =>
    askForPasskey(deps, scope, stepOwner(actor).session, host)
  )

  app.post(`${own}/pin`, { config: given, schema: { hide: true, body: PinForm } }, async (request, reply) => {
    const { scope, actor, body } = request
    if (body.pin !== body.again) return show(request, reply.code(409), 'The two were not the same. Try again.')
    const fault = await setPin(deps, scope, stepOwner(actor), body).catch(stepFault)
    return fault ? show(request, reply.code(409), fault) : reply.redirect(own, 303)
  })

  app.post(`${own}/passkeys/question`, { config, schema: { hide: true } }, async ({ scope, actor, host }) =>
    beginPasskey(deps, scope, stepOwner(actor), host)
  )

  app.post(`${own}/passkeys`, { config, schema: { hide: true, body: Passkey } }, async (request, reply) => {
    const { scope, actor, host, body } = request
    const made = { host, response: body.passkey, name: body.name || 'Passkey' }
    const outcome = await addPasskey(deps, scope, stepOwner(actor), made).catch(stepFault)
    return typeof outcome === 'string' ? show(request, reply.code(409), outcome) : reply.redirect(own, 303)
  })

  app.get(`${own}/removal`, { config, schema: { hide: true, querystring: Which } }, async (request, reply) =>
    give(request, reply, undefined, request.query.step)
  )

  app.post(
    `${own}/removal`,
    { config: given, schema: { hide: true, body: z.intersection(Which, GivenForm) } },
    async (request, reply) => {
      const { scope, actor, body } = request
      const owner = stepOwner(actor)
      const proof = await verifySecondStep(deps, deps.db, scope, owner.person, whatWasGiven(request, body))
      const { step } = body
      const which = step === 'pin' ? ({ kind: 'pin' } as const) : ({ kind: 'passkey', id: step } as const)
      const fault = await removeSecondStep(deps, scope, owner, which, proof).catch(stepFault)
      return fault ? give(request, reply.code(409), fault, step) : reply.redirect(own, 303)
    }
  )

  async function show(request: FastifyRequest, reply: FastifyReply, fault?: string) {
    const { scope, actor } = request
    const owner = stepOwner(actor)
    const steps = await readSecondSteps(deps, scope, owner.person)
    const isThere = steps.pin || steps.totp || steps.passkeys.length > 0
    if (isThere && !owner.stepped) return give(request, reply, fault)
    const { zone } = await readPerson(deps, deps.db, scope, owner.person)
    const isAsked = !isThere && (await isStepAsked(deps.db, scope, owner.person))
    const frame = frameOf(request, deps.settings)
    return personalPage(reply, <OwnSteps frame={frame} steps={steps} zone={zone} isAsked={isAsked} fault={fault} />)
  }

  async function give(request: FastifyRequest, reply: FastifyReply, fault?: string, removes?: string) {
    const steps = await readSecondSteps(deps, request.scope, stepOwner(request.actor).person)
    const frame = frameOf(request, deps.settings)
    return personalPage(reply, <GiveStep frame={frame} steps={steps} removes={removes} fault={fault} />)
  }
}

function whatWasGiven({ actor, host }: FastifyRequest, body: z.infer<typeof GivenForm>): Given {
  if ('passkey' in body) return { kind: 'passkey', subject: stepOwner(actor).session, host, response: body.passkey }
  return 'pin' in body ? { kind: 'pin', pin: body.pin } : { kind: 'code', code: body.code }
}
