import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { answerOffer } from '../../bookings/answer-offer.ts'
import { OfferAnswer } from '../../bookings/private-proposal-schema.ts'
import { openProposalLink, readOffer } from '../../bookings/read-offer.ts'
import { keepBooking } from '../../identity/cookies.ts'
import { findPerson } from '../../identity/store.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Faults } from '../components/fields.tsx'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { ProposalNoted, ProposalPage } from './proposal.tsx'

const params = z.object({ token: z.string().max(100) })
const may = 'answer by a link'
const Text = z.string().max(100).optional()
const Answer = z.object({ answer: z.enum(['accept', 'decline']), start: Text, consent: Text, termsVersion: Text })

/** Hours that the browser which accepted may open the booking: as long as the token that it was given. */
const answerHours = 24

/** What was proposed to one person by a discreet link. */
export const proposalPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/o/:token', { config: { may }, schema: { hide: true, params } }, async (request, reply) =>
    show(request, reply, request.params.token)
  )

  // Back, from the page after an answer.
  app.get('/o/:token/acceptance', { config: { may }, schema: { hide: true, params } }, (request, reply) =>
    reply.redirect(`/o/${encodeURIComponent(request.params.token)}`, 303)
  )

  app.post(
    '/o/:token/acceptance',
    { config: { may, limit: 'answers', makes: true }, schema: { hide: true, params, body: Answer } },
    async (request, reply) => {
      const { scope, actor, body, idToMake } = request
      const { token } = request.params
      const { wanted, faults } = readAnswer(body)
      if (!wanted) return show(request, reply.code(422), token, body.start, faults)
      const answered = await answerOffer(deps, scope, actor, token, wanted, idToMake).catch(told)
      if (answered instanceof Problem)
        return show(request, reply.code(answered.status), token, body.start, {
          start: `${answered.title}. ${answered.message}`
        })
      if (answered.state === 'declined' || !answered.booking || !answered.token)
        return personalPage(reply, <ProposalNoted frame={frameOf(request, deps.settings)} />)
      const expiresAt = deps.now().plus({ hours: answerHours })
      keepBooking(reply, deps, { booking: answered.booking, token: answered.token, expiresAt })
      return reply.redirect(answered.payment?.url ?? `/b/${answered.booking}`, 303)
    }
  )

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    chosen?: string | undefined,
    faults: Faults = {}
  ) {
    const { scope } = request
    const full = await openProposalLink(deps, scope, token)
    const offer = await readOffer(deps, scope, full)
    const zone = (await findPerson(deps.db, scope, full.proposal.personId))?.zone ?? scope.practice.zone
    const frame = frameOf(request, deps.settings)
    return personalPage(reply, <ProposalPage frame={frame} {...{ token, offer, zone, chosen, faults }} />)
  }
}

/** What was chosen, or a sentence for what is missing. */
function readAnswer({ answer, start, consent, termsVersion }: z.infer<typeof Answer>): {
  wanted?: OfferAnswer
  faults: Faults
} {
  if (answer === 'decline') return { wanted: { answer }, faults: {} }
  const read = OfferAnswer.safeParse({ answer, start, consent: { termsVersion: Number(termsVersion) } })
  const faults = {
    ...(!read.success && { start: 'Choose one of the times' }),
    ...(consent !== 'yes' && { consent: 'Agree to the terms, if you want to accept' })
  }
  return read.success && consent === 'yes' ? { wanted: read.data, faults: {} } : { faults }
}

const toldHere = new Set(['slot-taken', 'terms-changed', 'proposal-over', 'invalid-input'])

/** Refusals that the page itself tells; whatever else is thrown goes on. */
function told(error: unknown): Problem {
  if (error instanceof Problem && toldHere.has(error.code)) return error
  throw error
}
