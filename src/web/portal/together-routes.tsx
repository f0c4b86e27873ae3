import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { leaveCouple, readLeaving } from '../../bookings/leave-couple.ts'
import { answerTogether } from '../../clients/agree-together.ts'
import { readMemberships } from '../../clients/end-membership.ts'
import { readYes } from '../../clients/read-yes.ts'
import { sayYes, takeYesBack, whoAsks } from '../../clients/say-yes.ts'
import { YesRequest } from '../../clients/together-schema.ts'
import { readPerson } from '../../identity/people.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { Leaving } from './leaving.tsx'
import type { TypedYes } from './say-yes.tsx'
import { Start } from './start.tsx'

const params = z.object({ id: z.uuid() })
const Typed = z.object({
  /** On the form where the practice does not know it. */
  name: z.string().max(1000).optional(),
  whom: z.string().max(1000).default(''),
  link: z.string().max(1000).default(''),
  mayTell: z.enum(['', 'yes', 'no']).catch('').default('')
})
const Answer = z.object({ agree: z.enum(['yes', 'no']), hash: z.string().max(64) })
const reading = { may: 'read one’s own things' } as const
const changing = { may: 'change one’s own things' } as const

/** Beginning together and leaving, for whoever is signed in for themselves. */
export const togetherPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/me/start', { config: reading, schema: { hide: true } }, async (request, reply) => show(request, reply))

  app.post(
    '/me/start',
    { config: { ...changing, limit: 'answers' }, schema: { hide: true, body: Typed } },
    async (request, reply) => {
      const { scope, actor, body } = request
      const mayTell = body.mayTell === '' ? undefined : body.mayTell === 'yes'
      const said = YesRequest.safeParse({
        whom: body.whom,
        ...(body.name !== undefined && { name: body.name }),
        ...(body.link.trim() && { link: body.link.trim() }),
        ...(mayTell !== undefined && { mayTell })
      })
      if (!said.success) {
        const faults = Object.fromEntries(said.error.issues.map(({ path, message }) => [String(path[0]), message]))
        return show(request, reply.code(422), { ...body, name: body.name ?? '', faults })
      }
      await sayYes(deps, scope, actor, said.data)
      return reply.redirect('/me/start', 303)
    }
  )

  app.post('/me/start/removal', { config: changing, schema: { hide: true } }, async ({ scope, actor }, reply) => {
    await takeYesBack(deps, scope, actor)
    return reply.redirect('/me/start', 303)
  })

  app.post(
    '/me/start/answer',
    { config: changing, schema: { hide: true, body: Answer } },
    async ({ scope, actor, body }, reply) => {
      await answerTogether(deps, scope, actor, { agree: body.agree === 'yes', hash: body.hash })
      return reply.redirect('/me/start', 303)
    }
  )

  app.get('/me/leaving/:id', { config: reading, schema: { hide: true, params } }, async (request, reply) => {
    const { scope, actor, params } = request
    const { id, until, ahead, pausing, waiting } = await readLeaving(deps, scope, actor, params.id)
    const ended = until !== undefined
    const zone = await zoneOf(request)
    return personalPage(
      reply,
      <Leaving frame={frameOf(request, deps.settings)} {...{ id, ahead, pausing, waiting, ended, zone }} />
    )
  })

  app.post('/me/leaving/:id', { config: changing, schema: { hide: true, params } }, async (request, reply) => {
    const { scope, actor, params } = request
    const left = await leaveCouple(deps, scope, actor, params.id)
    const zone = await zoneOf(request)
    const frame = frameOf(request, deps.settings)
    return personalPage(reply, <Leaving frame={frame} id={params.id} {...left} ended zone={zone} />)
  })

  async function show(request: FastifyRequest, reply: FastifyReply, typed?: TypedYes) {
    const { scope, actor } = request
    const own = await readYes(deps, scope, actor)
    const couples = (await readMemberships(deps, scope, actor)).filter(({ kind, until }) => kind === 'couple' && !until)
    const { conversion } = scope.practice.policies
    const zone = await zoneOf(request)
    const frame = frameOf(request, deps.settings)
    return personalPage(reply, <Start frame={frame} {...{ own, couples, conversion, typed, zone }} />)
  }

  async function zoneOf({ scope, actor }: FastifyRequest): Promise<string> {
    return (await readPerson(deps, deps.db, scope, whoAsks(actor))).zone
  }
}
