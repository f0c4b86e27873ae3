import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { audiences } from '../../../db/schema/partners.ts'
import { Words } from '../../clients/partner-schema.ts'
import { deleteReturn, leaveReturn, openReturn, readReturn, sayMore, setAudience } from '../../clients/returns.ts'
import { type Actor, signInNeeded } from '../../identity/actor.ts'
import { forgetReturn, keepReturn } from '../../identity/cookies.ts'
import type { Deps } from '../../kernel/deps.ts'
import { Problem } from '../../kernel/problem.ts'
import { frameOf, personalPage } from '../page.ts'
import { ComeBack, Deleted, Thread } from './thread.tsx'

const Typed = z.object({ words: z.string().max(4000).default('') })
const Audience = z.object({ audience: z.enum(audiences) })
const own = { config: { may: 'read one’s own answer' }, schema: { hide: true } } as const
const coming = { may: 'come back by words' } as const

/** Where somebody without a name reads what was answered: `/r`, by five words. */
export const returnPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const { settings } = deps

  app.get('/r', { config: coming, schema: { hide: true } }, async (request, reply) =>
    personalPage(reply, <ComeBack frame={frameOf(request, settings)} faults={{}} />)
  )

  app.post(
    '/r',
    { config: { ...coming, limit: 'answers' }, schema: { hide: true, body: Typed } },
    async (request, reply) => {
      const opened = await openReturn(deps, request.scope, request.body.words).catch(unknown)
      if (opened) {
        keepReturn(reply, deps, { token: opened.accessToken, expiresAt: opened.expiresAt })
        return reply.redirect('/r/thread', 303)
      }
      const faults = { words: 'These words open nothing. Type all five as they were shown.' }
      return personalPage(reply.code(422), <ComeBack frame={frameOf(request, settings)} faults={faults} />)
    }
  )

  app.get('/r/thread', { config: { may: 'come back by words' }, schema: { hide: true } }, async (request, reply) => {
    const { actor, scope } = request
    if (actor.kind !== 'return') return reply.redirect('/r', 303)
    const answer = await readReturn(deps, scope, actor.answer)
    const zone = scope.practice.zone
    return personalPage(reply, <Thread frame={frameOf(request, settings)} answer={answer} zone={zone} />)
  })

  app.post(
    '/r/thread/messages',
    { ...own, config: { ...own.config, makes: true, limit: 'answers' }, schema: { hide: true, body: Typed } },
    async (request, reply) => {
      const { scope, body } = request
      const id = answerOf(request.actor)
      const words = Words.safeParse(body.words)
      if (words.success) {
        await sayMore(deps, scope, id, words.data)
        return reply.redirect('/r/thread', 303)
      }
      const answer = await readReturn(deps, scope, id)
      const more = { typed: body.words, fault: words.error.issues[0]?.message ?? '' }
      const frame = frameOf(request, settings)
      return personalPage(
        reply.code(422),
        <Thread frame={frame} answer={answer} zone={scope.practice.zone} more={more} />
      )
    }
  )

  app.post('/r/thread/audience', { ...own, schema: { hide: true, body: Audience } }, async (request, reply) => {
    await setAudience(deps, request.scope, answerOf(request.actor), request.body.audience)
    return reply.redirect('/r/thread', 303)
  })

  app.post('/r/thread/removal', own, async (request, reply) => {
    await deleteReturn(deps, request.scope, answerOf(request.actor))
    forgetReturn(reply, settings)
    return personalPage(reply, <Deleted frame={frameOf(request, settings)} />)
  })

  app.post('/r/thread/end', own, async (request, reply) => {
    await leaveReturn(deps, request.scope, answerOf(request.actor))
    forgetReturn(reply, settings)
    return reply.redirect('/r', 303)
  })
}

function answerOf(actor: Actor): string {
  if (actor.kind !== 'return') throw signInNeeded('Give the five words first')
  return actor.answer
}

function unknown(error: unknown): undefined {
  if (error instanceof Problem && error.code === 'words-unknown') return undefined
  throw error
}
