import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { enquire } from '../../clients/enquire.ts'
import type { Deps } from '../../kernel/deps.ts'
import { frameOf, page, personalPage } from '../page.ts'
import { findCallType } from '../partner/call-type.ts'
import { AskedForm, readQuestion } from '../partner/general-routes.tsx'
import { Asked, Contact, HowWeWrite } from './contact.tsx'

const open = { config: { may: 'read the catalogue' }, schema: { hide: true } } as const

/** How to reach the practice, what anybody may ask, and how it writes. */
export const contactPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get('/contact', open, async (request, reply) => page(reply, await contact(request)))

  // Whoever has the page may ask: no cookie is read or given, and the form carries nothing of the browser.
  app.post(
    '/contact',
    {
      config: { may: 'ask the practice', unasked: true, limit: 'answers' },
      schema: { hide: true, body: AskedForm }
    },
    async (request, reply) => {
      const read = readQuestion(request.body)
      if ('sentences' in read) return refuse(request, reply, read.sentences)
      const { returnWords } = await enquire(deps, request.scope, read.question)
      const told = read.question.address !== undefined
      const frame = frameOf(request, deps.settings)
      return personalPage(reply.code(202), <Asked frame={frame} returnWords={returnWords} told={told} />)
    }
  )

  app.get('/how-we-write', open, async (request, reply) =>
    page(reply, <HowWeWrite frame={frameOf(request, deps.settings)} />)
  )

  async function refuse(
    request: FastifyRequest & { body: { words: string; address: string } },
    reply: FastifyReply,
    sentences: readonly string[]
  ) {
    const { words, address } = request.body
    return personalPage(reply.code(422), await contact(request, { words, address, fault: sentences.join('. ') }))
  }

  async function contact(request: FastifyRequest, refused?: Parameters<typeof Contact>[0]['refused']) {
    const call = await findCallType(deps, request.scope)
    return <Contact frame={frameOf(request, deps.settings)} call={call} refused={refused} />
  }
}
