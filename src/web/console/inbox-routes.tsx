import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readInbox, reply as replyTo, verify } from '../../clients/inbox.ts'
import { Words } from '../../clients/partner-schema.ts'
import { readPerson } from '../../identity/people.ts'
import type { Deps } from '../../kernel/deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { Inbox, type Refused } from './inbox.tsx'

const Id = z.object({ id: z.uuid() })
const Typed = z.object({ words: z.string().max(4000).default('') })
const may = 'read the inbox'

/** The therapist's inbox: what partners asked and said. */
export const inboxPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get('/console/inbox', { config: { may }, schema: { hide: true } }, async (request, reply) =>
    show(deps, request, reply)
  )

  app.post(
    '/console/inbox/:id/replies',
    { config: { may, makes: true }, schema: { hide: true, params: Id, body: Typed } },
    async (request, reply) => {
      const { scope, actor, params, body } = request
      const words = Words.safeParse(body.words)
      if (!words.success) {
        const fault = words.error.issues[0]?.message ?? ''
        return show(deps, request, reply.code(422), { id: params.id, typed: body.words, fault })
      }
      await replyTo(deps, scope, actor, params.id, words.data)
      return reply.redirect(`/console/inbox#i-${params.id}`, 303)
    }
  )

  app.post(
    '/console/inbox/:id/verification',
    { config: { may }, schema: { hide: true, params: Id } },
    async (request, reply) => {
      await verify(deps, request.scope, request.actor, request.params.id)
      return reply.redirect(`/console/inbox#i-${request.params.id}`, 303)
    }
  )
}

async function show(deps: Deps, request: FastifyRequest, reply: FastifyReply, refused?: Refused) {
  const { scope, actor } = request
  const items = await readInbox(deps, scope, actor)
  const zone =
    actor.kind === 'staff' ? (await readPerson(deps, deps.db, scope, actor.person)).zone : scope.practice.zone
  const frame = frameOf(request, deps.settings)
  return personalPage(reply, <Inbox frame={frame} items={items} zone={zone} refused={refused} />)
}
