import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answerKinds } from '../../../db/schema/partners.ts'
import { noteFaults } from '../../clients/answer-faults.ts'
import { changeByWords } from '../../clients/change-answer.ts'
import { ChangeRequest } from '../../clients/partner-schema.ts'
import type { Deps } from '../../kernel/deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { Answered } from './answered.tsx'
import { faultsIn } from './partner-routes.tsx'
import { unknown } from './return-routes.tsx'

const Left = z.object({
  kind: z.enum(answerKinds),
  returnWords: z.string().max(200),
  /** A partner's page of ours, and nothing else: it becomes a link. */
  back: z.string().regex(/^\/p(\/[\w-]{1,100})?$/),
  address: z.string().max(254).default(''),
  noteOn: z.string().max(10).default('')
})

/**
 * An address that is left after something was said, by the words that were just shown. Words that open nothing are answered
 * alike: what was one answer too many is told to nobody here either. No cookie is read or given.
 */
export const leftAddressPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.post(
    '/r/address',
    {
      config: { may: 'open a partner’s page', unasked: true, limit: 'answers' },
      schema: { hide: true, body: Left }
    },
    async (request, reply) => {
      const { kind, returnWords, back, address, noteOn } = request.body
      const frame = frameOf(request, deps.settings)
      const read = ChangeRequest.safeParse({ address: address.trim(), ...(noteOn && { noteOn }) })
      const wrong = read.success ? wrongNote(deps, request, read.data) : read.error.issues.map(({ message }) => message)
      const refused =
        wrong.length === 0 && read.success
          ? await changeByWords(deps, request.scope, returnWords, read.data).catch(faultsIn).catch(unknown)
          : undefined
      const sentences = refused?.faults.map(({ detail }) => detail) ?? wrong
      const fault = sentences.length ? sentences.join('. ') : undefined
      const left = fault === undefined ? { address, noteOn } : { noteOn }
      return personalPage(
        reply.code(fault === undefined ? 200 : 422),
        <Answered frame={frame} kind={kind} returnWords={returnWords} back={back} left={left} fault={fault} />
      )
    }
  )
}

/** Asked before the words are looked up, and so the same whatever they open. */
function wrongNote(
  { now }: Deps,
  { scope, body }: Asked,
  { address, noteOn }: z.output<typeof ChangeRequest>
): string[] {
  if (body.kind !== 'not_now') return []
  const today = now().setZone(scope.practice.zone)
  return noteFaults({ address: address ?? undefined, noteOn }, today).map(({ detail }) => detail)
}

type Asked = Pick<FastifyRequest, 'scope'> & { body: z.output<typeof Left> }
