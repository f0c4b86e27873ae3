import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { deleteReturn, leaveReturn, openReturn } from '../../clients/returns.ts'
import { type Actor, signInNeeded } from '../../identity/actor.ts'
import { forgetReturn, keepReturn } from '../../identity/cookies.ts'
import type { Deps } from '../../kernel/deps.ts'
import { Problem } from '../../kernel/problem.ts'
import { frameOf, personalPage } from '../page.ts'
import { ComeBack, Deleted } from './come-back.tsx'

const Typed = z.object({ words: z.string().max(4000).default('') })
const own = { config: { may: 'read one’s own answer' }, schema: { hide: true } } as const
const coming = { may: 'come back by words' } as const

/** Where somebody without a name comes back and goes: `/r`, by five words. */
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

/** @throws sign-in-needed for whoever has not given the words */
export function answerOf(actor: Actor): string {
  if (actor.kind !== 'return') throw signInNeeded('Give the five words first')
  return actor.answer
}

/** Words that open nothing are no fault of ours; whatever else is thrown goes on. */
export function unknown(error: unknown): undefined {
  if (error instanceof Problem && error.code === 'words-unknown') return undefined
  throw error
}
