import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { makeRecoveryCodes } from '../../identity/make-recovery-codes.ts'
import { MadePasskey } from '../../identity/passkey.ts'
import { readPerson } from '../../identity/people.ts'
import { readSecondSteps } from '../../identity/read-second-steps.ts'
import { addPasskey, beginPasskey } from '../../identity/register-passkey.ts'
import { mustHave, removeSecondStep } from '../../identity/remove-second-step.ts'
import { beginTotp, begunTotp, confirmTotp } from '../../identity/set-up-totp.ts'
import { provePassword } from '../../identity/staff-account.ts'
import { stepOwner } from '../../identity/step-owner.ts'
import { totpAddress, typedKey } from '../../identity/totp.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { stepFault } from '../step-fault.ts'
import { SecondStepPage } from './second-step.tsx'
import { AskPassword } from './second-step-ask.tsx'
import { RecoveryCodes, SetUpTotp } from './second-step-set-up.tsx'

const may = 'keep one’s own second steps'
const config = { may } as const
const hide = true
const own = '/console/second-step'
/** What is taken away: the app, or a passkey by its id; or the recovery codes, which are replaced. */
const Which = z.object({ step: z.union([z.enum(['totp', 'codes']), z.uuid()]) })
const Password = Which.extend({ password: z.string().max(1000).default('') })
const Passkey = z.object({ name: z.string().trim().max(60).default(''), passkey: MadePasskey })

/** A staff member's own second steps: what there is, one more, and one less. */
export const secondStepPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get(own, { config, schema: { hide } }, async (request, reply) => show(request, reply))

  app.post(`${own}/totp`, { config, schema: { hide } }, async (request, reply) => {
    const begun = await beginTotp(deps, request.scope, stepOwner(request.actor)).catch(stepFault)
    return typeof begun === 'string' ? show(request, reply, begun) : showKey(request, reply, begun)
  })

  app.post(
    `${own}/totp/confirmation`,
    { config, schema: { hide, body: z.object({ code: z.string().max(20).default('') }) } },
    async (request, reply) => {
      const { scope, actor, body } = request
      const codes = await confirmTotp(deps, scope, stepOwner(actor), body.code).catch(stepFault)
      if (typeof codes !== 'string') return showCodes(request, reply, codes)
      const begun = await begunTotp(deps, scope, stepOwner(actor))
      return begun ? showKey(request, reply, begun.key, codes) : show(request, reply, codes)
    }
  )

  app.post(`${own}/passkeys/question`, { config, schema: { hide } }, async ({ scope, actor, host }) =>
    beginPasskey(deps, scope, stepOwner(actor), host)
  )

  app.post(`${own}/passkeys`, { config, schema: { hide, body: Passkey } }, async (request, reply) => {
    const { scope, actor, host, body } = request
    const made = { host, response: body.passkey, name: body.name || 'Passkey' }
    const codes = await addPasskey(deps, scope, stepOwner(actor), made).catch(stepFault)
    return typeof codes === 'string' ? show(request, reply, codes) : showCodes(request, reply, codes)
  })

  app.get(`${own}/removal`, { config, schema: { hide, querystring: Which } }, async (request, reply) =>
    personalPage(reply, <AskPassword frame={frameOf(request, deps.settings)} step={request.query.step} />)
  )

  app.post(`${own}/removal`, { config, schema: { hide, body: Password } }, async (request, reply) => {
    const { scope, actor, body } = request
    const owner = stepOwner(actor)
    const proof = await provePassword(deps, scope, owner.person, body.password)
    const { step } = body
    const which = step === 'totp' ? ({ kind: 'totp' } as const) : ({ kind: 'passkey', id: step } as const)
    const done = await (step === 'codes'
      ? makeRecoveryCodes(deps, scope, owner, proof)
      : removeSecondStep(deps, scope, owner, which, proof)
    ).catch(stepFault)
    if (Array.isArray(done)) return showCodes(request, reply, done)
    if (done === undefined) return reply.redirect(own, 303)
    const frame = frameOf(request, deps.settings)
    return personalPage(reply.code(409), <AskPassword frame={frame} step={step} fault={done} />)
  })

  async function show(request: FastifyRequest, reply: FastifyReply, fault?: string) {
    const { scope, actor } = request
    const owner = stepOwner(actor)
    const steps = await readSecondSteps(deps, scope, owner.person)
    const { zone } = await readPerson(deps, deps.db, scope, owner.person)
    const isAsked = await mustHave(deps, deps.db, scope, owner)
    const frame = frameOf(request, deps.settings)
    return personalPage(
      reply.code(fault ? 409 : 200),
      <SecondStepPage frame={frame} steps={steps} zone={zone} isAsked={isAsked} fault={fault} />
    )
  }

  async function showKey(request: FastifyRequest, reply: FastifyReply, key: Buffer, fault?: string) {
    const { scope, actor } = request
    const { email } = await readPerson(deps, deps.db, scope, stepOwner(actor).person)
    const address = totpAddress(key, { issuer: scope.practice.discreetName, label: email })
    const frame = frameOf(request, deps.settings)
    return personalPage(
      reply.code(fault ? 409 : 200),
      <SetUpTotp frame={frame} address={address} typed={typedKey(key)} fault={fault} />
    )
  }

  function showCodes(request: FastifyRequest, reply: FastifyReply, codes: readonly string[]) {
    if (codes.length === 0) return reply.redirect(own, 303)
    return personalPage(reply, <RecoveryCodes frame={frameOf(request, deps.settings)} codes={codes} />)
  }
}
