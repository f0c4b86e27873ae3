import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { notAllowed } from '../../identity/actor.ts'
import { listStaffSteps } from '../../identity/list-staff-steps.ts'
import { resetByAddress } from '../../identity/reset-by-address.ts'
import { reasonNeeded } from '../../identity/reset-second-step.ts'
import { notFound, Problem } from '../../kernel/problem.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { type Outcome, ResetPage } from './reset.tsx'

const config = { may: 'reset second steps' } as const
const Reset = z.object({ email: z.string().max(254).default(''), why: z.string().max(500).default('') })
const told = new Set([notFound, reasonNeeded, notAllowed].map(make => make().code))

/** An owner takes away the second steps of somebody who has lost them. */
export const resetPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/console/second-steps', { config, schema: { hide: true } }, async (request, reply) => show(request, reply))

  app.post('/console/second-steps/resets', { config, schema: { hide: true, body: Reset } }, async (request, reply) => {
    const { scope, actor, body } = request
    const outcome = await resetByAddress(deps, scope, actor, body).then(
      (): Outcome => ({ done: true }),
      (error: unknown): Outcome => {
        if (error instanceof Problem && told.has(error.code)) return { fault: `${error.message}.`, given: body }
        throw error
      }
    )
    return show(request, reply.code('fault' in outcome ? 409 : 200), outcome)
  })

  async function show(request: FastifyRequest, reply: FastifyReply, outcome?: Outcome) {
    const staff = await listStaffSteps(deps, request.scope)
    return personalPage(reply, <ResetPage frame={frameOf(request, deps.settings)} staff={staff} outcome={outcome} />)
  }
}
