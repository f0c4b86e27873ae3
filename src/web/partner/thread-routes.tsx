import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { audiences } from '../../../db/schema/partners.ts'
import { type Change, changeAnswer } from '../../clients/change-answer.ts'
import { ChangeRequest, Words } from '../../clients/partner-schema.ts'
import { readReturn, sayMore } from '../../clients/returns.ts'
import type { Deps } from '../../kernel/deps.ts'
import { Post } from '../components/post.tsx'
import { frameOf, personalPage } from '../page.ts'
import { faultsIn } from './partner-routes.tsx'
import { Preview } from './preview.tsx'
import { answerOf } from './return-routes.tsx'
import { Thread, type Typed } from './thread.tsx'

const Text = z.string().max(4000).default('')
const Said = z.object({ words: Text })
const Audience = z.object({ audience: z.enum(audiences), sure: z.literal('yes').optional() })
const Address = z.object({ address: Text, noteOn: Text, remove: z.literal('yes').optional() })
const may = 'read one’s own answer'
const config = { may } as const

/** What somebody said, to whoever gave its words: read, added to, changed, shown. */
export const threadPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const { settings } = deps

  app.get('/r/thread', { config: { may: 'come back by words' }, schema: { hide: true } }, async (request, reply) =>
    request.actor.kind === 'return' ? show(request, reply) : reply.redirect('/r', 303)
  )

  app.post(
    '/r/thread/messages',
    { config: { may, makes: true, limit: 'answers' }, schema: { hide: true, body: Said } },
    async (request, reply) => {
      const words = Words.safeParse(request.body.words)
      if (!words.success) return refuse(request, reply, 'more', request.body.words, words.error.issues)
      await sayMore(deps, request.scope, answerOf(request.actor), words.data)
      return reply.redirect('/r/thread', 303)
    }
  )

  app.post('/r/thread/words', { config, schema: { hide: true, body: Said } }, async (request, reply) =>
    change(request, reply, 'words', request.body.words, { words: request.body.words })
  )

  app.post('/r/thread/address', { config, schema: { hide: true, body: Address } }, async (request, reply) => {
    const { address, noteOn, remove } = request.body
    const asked = { address: remove ? null : address.trim(), ...(noteOn && !remove && { noteOn }) }
    return change(request, reply, 'address', address, asked)
  })

  app.post('/r/thread/audience', { config, schema: { hide: true, body: Audience } }, async (request, reply) => {
    const { scope, actor, body } = request
    const id = answerOf(actor)
    if (body.audience === 'therapist' || body.sure) {
      await changeAnswer(deps, scope, id, { audience: body.audience })
      return reply.redirect('/r/thread', 303)
    }
    const { concern, words } = await readReturn(deps, scope, id)
    const frame = frameOf(request, settings)
    return personalPage(
      reply,
      <Preview frame={frame} concern={concern ?? undefined} words={words ?? undefined}>
        {audiences.toReversed().map(audience => (
          <Post frame={frame} action="/r/thread/audience" stays>
            <input type="hidden" name="audience" value={audience} />
            <input type="hidden" name="sure" value="yes" />
            <button class="plain" type="submit">
              {audience === 'inviter' ? 'Show it' : 'Keep it between us'}
            </button>
          </Post>
        ))}
      </Preview>
    )
  })

  /** Back to the thread; or the same page with what was typed and what is not right of it. */
  async function change(
    request: FastifyRequest,
    reply: FastifyReply,
    part: Typed['part'],
    typed: string,
    asked: Record<string, unknown>
  ) {
    const read = ChangeRequest.safeParse(asked)
    if (!read.success) return refuse(request, reply, part, typed, read.error.issues)
    const given: Change = read.data
    const done = await changeAnswer(deps, request.scope, answerOf(request.actor), given).catch(faultsIn)
    if (!done) return reply.redirect('/r/thread', 303)
    return refuse(
      request,
      reply,
      part,
      typed,
      done.faults.map(({ detail }) => ({ message: detail }))
    )
  }

  async function refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    part: Typed['part'],
    typed: string,
    issues: readonly { message: string }[]
  ) {
    return show(request, reply.code(422), { part, typed, fault: issues[0]?.message ?? '' })
  }

  async function show(request: FastifyRequest, reply: FastifyReply, refused?: Typed) {
    const { scope, actor } = request
    const answer = await readReturn(deps, scope, answerOf(actor))
    const frame = frameOf(request, settings)
    return personalPage(reply, <Thread frame={frame} answer={answer} zone={scope.practice.zone} refused={refused} />)
  }
}
