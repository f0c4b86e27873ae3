import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { listPublicTypes } from '../../catalog/read-session-types.ts'
import { enquire } from '../../clients/enquire.ts'
import { EnquiryRequest } from '../../clients/partner-schema.ts'
import type { Deps } from '../../kernel/deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { Alone } from '../site/beginnings.tsx'
import { Forms } from '../site/forms.tsx'
import { Answered } from './answered.tsx'
import { findCallType } from './call-type.ts'
import { ForPartners } from './for-partners.tsx'
import { NotRight } from './preview.tsx'

const may = 'read the catalogue'
const open = { config: { may, unasked: true }, schema: { hide: true } } as const
/** A partner's page names its token; the general one has none. */
export const From = z.object({
  token: z
    .string()
    .regex(/^[\w-]{43}$/)
    .optional()
})
const leading = { config: { may, unasked: true }, schema: { hide: true, params: From } } as const
const Text = z.string().max(4000).default('')

/** What a question's form sends. */
export const AskedForm = z.object({ words: Text, address: Text })

/** The page for partners that is the same for everybody, and what leads on from there. No cookie is read or given. */
export const generalPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const { settings } = deps

  app.get('/p', open, async (request, reply) => {
    const mayCall = (await findCallType(deps, request.scope)) !== undefined
    const { practice } = request.scope
    return personalPage(reply, <ForPartners frame={frameOf(request, settings)} practice={practice} mayCall={mayCall} />)
  })

  // From a partner's page the way leads back to it. Its token is not looked up: these pages are the same for everybody.
  for (const from of ['/p', '/p/:token']) {
    app.get(`${from}/forms`, leading, async (request, reply) => {
      const types = await listPublicTypes(deps, request.scope)
      const frame = frameOf(request, settings)
      return personalPage(reply, <Forms frame={frame} types={types} kind="private" back={backTo(request.params)} />)
    })

    app.get(`${from}/alone`, leading, async (request, reply) => {
      const types = await listPublicTypes(deps, request.scope)
      return personalPage(
        reply,
        <Alone frame={frameOf(request, settings)} types={types} back={backTo(request.params)} />
      )
    })
  }

  app.post(
    '/p',
    {
      config: { may: 'ask the practice', unasked: true, limit: 'answers' },
      schema: { hide: true, body: AskedForm }
    },
    async (request, reply) => {
      const { words, address } = request.body
      const frame = frameOf(request, settings)
      const read = readQuestion(request.body)
      if ('sentences' in read)
        return personalPage(
          reply.code(422),
          <NotRight frame={frame} back="/p" sentences={read.sentences} words={words} />
        )
      const { returnWords } = await enquire(deps, request.scope, read.question)
      const left = { address: address.trim() }
      return personalPage(
        reply.code(202),
        <Answered frame={frame} kind="enquiry" returnWords={returnWords} back="/p" left={left} />
      )
    }
  )
}

/** A question as a program asks it, or a sentence for each thing that is not right. */
export function readQuestion({
  words,
  address
}: z.output<typeof AskedForm>): { question: z.output<typeof EnquiryRequest> } | { sentences: string[] } {
  const given = address.trim()
  const read = EnquiryRequest.safeParse({ words, ...(given && { address: given }) })
  return read.success ? { question: read.data } : { sentences: read.error.issues.map(({ message }) => message) }
}

/** The page that somebody came from. */
export function backTo({ token }: z.output<typeof From>): string {
  return token ? `/p/${token}` : '/p'
}
