import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { listTherapists } from '../../catalog/store.ts'
import { declineYeses, withdrawBeginning } from '../../clients/decline-together.ts'
import { handOver, putTogether } from '../../clients/put-together.ts'
import { readBeginnings } from '../../clients/read-beginnings.ts'
import { BeginningRequest } from '../../clients/together-schema.ts'
import { choicesOf } from '../../identity/choices.ts'
import { Problem } from '../../kernel/problem.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { Beginnings } from './beginnings.tsx'
import { staffZone } from './staff-zone.ts'

const config = { may: 'begin together' } as const
const params = z.object({ id: z.uuid() })
const Form = z.object({
  yes: z.union([z.array(z.uuid()), z.uuid().transform(one => [one])]).default([]),
  spokenWithEach: z.literal('yes').optional(),
  equalTime: z.literal('yes').optional(),
  therapist: z.string().max(100).default(''),
  answer: z.enum(['approve', 'decline', 'hand_over'])
})

/** A therapist's list of who would begin together. */
export const beginningsPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/console/beginnings', { config, schema: { hide: true } }, async (request, reply) => show(request, reply))

  app.post('/console/beginnings', { config, schema: { hide: true, body: Form } }, async (request, reply) => {
    const { scope, actor, body } = request
    if (body.answer === 'hand_over') return told(request, reply, handOverAll(request, body.yes, body.therapist))
    const approved = body.answer === 'approve'
    const wanted = BeginningRequest.safeParse({
      approved,
      yeses: body.yes,
      ...(approved && body.spokenWithEach && { spokenWithEach: true }),
      ...(approved && body.equalTime && { equalTime: true })
    })
    if (!wanted.success) return show(request, reply.code(422), wanted.error.issues[0]?.message)
    const { data } = wanted
    const done = data.approved ? putTogether(deps, scope, actor, data) : declineYeses(deps, scope, actor, data.yeses)
    return told(request, reply, done)
  })

  app.post(
    '/console/beginnings/:id/removal',
    { config, schema: { hide: true, params } },
    async ({ scope, actor, params }, reply) => {
      await withdrawBeginning(deps, scope, actor, params.id)
      return reply.redirect('/console/beginnings', 303)
    }
  )

  /** One after the other: what was handed over stays so, whatever becomes of the next. */
  async function handOverAll({ scope, actor }: FastifyRequest, yeses: readonly string[], therapist: string) {
    for (const yes of yeses) await handOver(deps, scope, actor, yes, therapist)
  }

  /** The list again: as it is now, or with the reason why it was not done. */
  async function told(request: FastifyRequest, reply: FastifyReply, done: Promise<unknown>) {
    const refused = await done.then(() => undefined, refusalOf)
    if (refused) return show(request, reply.code(refused.status), `${refused.title}. ${refused.message}.`)
    return reply.redirect('/console/beginnings', 303)
  }

  async function show(request: FastifyRequest, reply: FastifyReply, fault?: string) {
    const { scope, actor } = request
    const items = await readBeginnings(deps, scope, actor)
    const { secrets, conversion } = choicesOf(scope.practice).choices
    const [open, promisesEqualTime] = [secrets !== null && conversion !== null, conversion === 'equal_time']
    const zone = await staffZone(deps, scope, actor)
    const all = await listTherapists(deps.db, scope)
    const therapists = all.filter(({ personId }) => actor.kind === 'staff' && personId !== actor.person)
    const frame = frameOf(request, deps.settings)
    const shown = { items, open, promisesEqualTime, therapists, fault, zone }
    return personalPage(reply, <Beginnings frame={frame} {...shown} />)
  }
}

/** A refusal is told on the page; whatever else is thrown goes on. */
function refusalOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  throw error
}
