import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ownBooking } from '../../bookings/read-booking.ts'
import { invitedAlready, invitePartner, readInvitation, withdrawInvitation } from '../../clients/invite-partner.ts'
import { readShared } from '../../clients/read-shared.ts'
import { readPerson } from '../../identity/people.ts'
import type { Deps } from '../../kernel/deps.ts'
import { Problem } from '../../kernel/problem.ts'
import { frameOf, personalPage } from '../page.ts'
import { Share } from './share.tsx'

/** A booking's page names its booking; the portal's is about whoever is signed in. */
const Own = z.object({ id: z.uuid().optional() })
const Invited = Own.extend({ invitation: z.uuid() })
const config = { may: 'invite a partner' } as const

/** A page to share: for the browser that may see all of a booking, and for a signed-in person. */
export const sharePages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  for (const own of ['/b/:id', '/me']) {
    app.get(`${own}/share`, { config, schema: { hide: true, params: Own } }, async (request, reply) =>
      show(request, reply, request.params.id)
    )

    for (const [address, replace] of [
      [`${own}/share`, false],
      [`${own}/share/replacement`, true]
    ] as const)
      app.post(address, { config, schema: { hide: true, params: Own } }, async (request, reply) => {
        const { scope, actor, params } = request
        await mustBeOwn(request, params.id)
        await invitePartner(deps, scope, actor, { text: 'curiosity', replace }).catch(tolerated)
        return reply.redirect(`${baseOf(params.id)}/share`, 303)
      })

    app.post(
      `${own}/share/:invitation/removal`,
      { config, schema: { hide: true, params: Invited } },
      async (request, reply) => {
        const { scope, actor, params } = request
        await mustBeOwn(request, params.id)
        await withdrawInvitation(deps, scope, actor, params.invitation)
        return reply.redirect(`${baseOf(params.id)}/share`, 303)
      }
    )
  }

  async function show(request: FastifyRequest, reply: FastifyReply, id: string | undefined) {
    const { scope, actor } = request
    await mustBeOwn(request, id)
    const zone =
      actor.kind === 'booking' || actor.kind === 'person'
        ? (await readPerson(deps, deps.db, scope, actor.person)).zone
        : scope.practice.zone
    const invitation = await readInvitation(deps, scope, actor)
    const shared = await readShared(deps, scope, actor)
    const frame = frameOf(request, deps.settings)
    return personalPage(reply, <Share frame={frame} base={baseOf(id)} {...invitation} shared={shared} zone={zone} />)
  }

  async function mustBeOwn({ scope, actor }: FastifyRequest, id: string | undefined): Promise<void> {
    if (id) await ownBooking(deps, scope, actor, id)
  }
}

const baseOf = (id: string | undefined) => (id ? `/b/${id}` : '/me')

/** The page that follows says what there is and from when on the next can be made. */
function tolerated(error: unknown): void {
  if (!(error instanceof Problem) || error.code !== invitedAlready().code) throw error
}
