import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answerInvitation, type GivenAnswer, openInvitation } from '../../clients/answer-invitation.ts'
import { concernWords, secretsText } from '../../clients/partner-texts.ts'
import type { Deps } from '../../kernel/deps.ts'
import { type Fault, Problem } from '../../kernel/problem.ts'
import { frameOf, personalPage } from '../page.ts'
import { Answered } from './answered.tsx'
import { findCallType } from './call-type.ts'
import { PartnerPage } from './page.tsx'
import { NotRight, Preview } from './preview.tsx'
import { AnswerForm, readAnswer } from './read-answer.ts'
import { SayForm } from './say-form.tsx'

const Token = z.object({ token: z.string().max(100) })
const may = 'open a partner’s page'

/** What the holder of a partner's link sees and says. No cookie is read or given here. */
export const partnerPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
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
          mayCall={(await findCallType(deps, scope)) !== undefined}
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
      const back = `/p/${token}`
      await openInvitation(deps, scope, token)
      const refuse = (sentences: string[]) =>
        personalPage(reply.code(422), <NotRight frame={frame} back={back} sentences={sentences} words={body.words} />)
      const read = readAnswer(body, scope.practice.zone)
      if ('sentences' in read) return refuse(read.sentences)
      const { given } = read
      if (given.audience === 'inviter' && given.concern === 'not_free') delete given.audience
      if (given.audience === 'inviter' && body.sure !== 'yes')
        return personalPage(
          reply,
          <Preview frame={frame} concern={given.concern} words={given.words}>
            <ShowOrKeep given={given} action={`${back}/answers`} />
          </Preview>
        )
      const kept = await answerInvitation(deps, scope, token, given).catch(faultsIn)
      if ('faults' in kept) return refuse(kept.faults.map(({ detail }) => detail))
      const answer = given.concern && concernWords[given.concern].answer(scope.practice)
      return personalPage(
        reply.code(201),
        <Answered
          frame={frame}
          kind={given.kind}
          concern={given.concern}
          returnWords={kept.returnWords}
          answer={answer}
          back={back}
          left={given}
        />
      )
    }
  )
}

const ShowOrKeep = ({ given: { concern, words, address }, action }: { given: GivenAnswer; action: string }) => (
  <>
    {(['inviter', 'therapist'] as const).map(audience => (
      <SayForm action={action} kind="concern">
        <input type="hidden" name="concern" value={concern ?? ''} />
        <input type="hidden" name="words" value={words ?? ''} />
        <input type="hidden" name="address" value={address ?? ''} />
        <input type="hidden" name="audience" value={audience} />
        <input type="hidden" name="sure" value="yes" />
        <button class="plain" type="submit">
          {audience === 'inviter' ? 'Show it' : 'Keep it between us'}
        </button>
      </SayForm>
    ))}
  </>
)

export function faultsIn(error: unknown): { faults: readonly Fault[] } {
  if (error instanceof Problem && error.code === 'invalid-input') return { faults: error.extensions.errors as Fault[] }
  throw error
}
