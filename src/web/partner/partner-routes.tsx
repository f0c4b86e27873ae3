import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { listPublicTypes } from '../../catalog/read-session-types.ts'
import { isForTwo } from '../../catalog/session-type.ts'
import { answerInvitation, openInvitation } from '../../clients/answer-invitation.ts'
import { concernWords, secretsText } from '../../clients/partner-texts.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { type Fault, Problem } from '../../kernel/problem.ts'
import { frameOf, page, personalPage } from '../page.ts'
import { Answered, NotRight, Preview } from './answered.tsx'
import { ForPartners } from './for-partners.tsx'
import { PartnerPage } from './page.tsx'
import { AnswerForm, readAnswer } from './read-answer.ts'

const Token = z.object({ token: z.string().max(100) })
const may = 'open a partner’s page'

/** What the holder of a partner's link sees and says. No cookie is read or given here. */
export const partnerPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get('/p', { config: { may: 'read the catalogue' }, schema: { hide: true } }, async (request, reply) =>
    page(
      reply,
      <ForPartners
        frame={frameOf(request, deps.settings)}
        practice={request.scope.practice}
        call={await callOf(deps, request.scope)}
      />
    )
  )

  app.get(
    '/p/:token',
    { config: { may, unasked: true }, schema: { hide: true, params: Token } },
    async (request, reply) => {
      const { scope, params } = request
      await openInvitation(deps, scope, params.token)
      return personalPage(
        reply,
        <PartnerPage
          frame={frameOf(request, deps.settings)}
          token={params.token}
          secrets={secretsText(scope.practice)}
          call={await callOf(deps, scope)}
          zone={scope.practice.zone}
        />
      )
    }
  )

  app.get(
    '/p/:token/answers',
    { config: { may, unasked: true }, schema: { hide: true, params: Token } },
    (request, reply) => reply.redirect(`/p/${encodeURIComponent(request.params.token)}`, 303)
  )

  app.post(
    '/p/:token/answers',
    {
      config: { may, unasked: true, limit: 'answers' },
      schema: { hide: true, params: Token, body: AnswerForm }
    },
    async (request, reply) => {
      const { scope, params, body } = request
      const frame = frameOf(request, deps.settings)
      const { token } = params
      await openInvitation(deps, scope, token)
      const refuse = (sentences: string[]) =>
        personalPage(reply.code(422), <NotRight frame={frame} token={token} sentences={sentences} words={body.words} />)
      const read = readAnswer(body, scope.practice.zone)
      if ('sentences' in read) return refuse(read.sentences)
      const { given } = read
      if (given.audience === 'inviter' && given.concern === 'not_free') delete given.audience
      if (given.audience === 'inviter' && body.sure !== 'yes')
        return personalPage(reply, <Preview frame={frame} given={given} token={token} />)
      const kept = await answerInvitation(deps, scope, token, given).catch(faultsIn)
      if ('faults' in kept) return refuse(kept.faults.map(({ detail }) => detail))
      const answer = given.concern && concernWords[given.concern].answer(scope.practice)
      return personalPage(
        reply.code(201),
        <Answered frame={frame} given={given} returnWords={kept.returnWords} answer={answer} token={token} />
      )
    }
  )
}

/** Where a free call for one is chosen. */
export async function callOf(deps: Deps, scope: PracticeScope): Promise<string | undefined> {
  const call = (await listPublicTypes(deps, scope)).find(type => type.price.amount === 0 && !isForTwo(type))
  return call && `/sessions/${encodeURIComponent(call.slug)}/times`
}

function faultsIn(error: unknown): { faults: readonly Fault[] } {
  if (error instanceof Problem && error.code === 'invalid-input') return { faults: error.extensions.errors as Fault[] }
  throw error
}
