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

const Booking = z.object({ id: z.uuid() })
const Invited = Booking.extend({ invitation: z.uuid() })
const config = { may: 'invite a partner' } as const

/** A page to share, for the browser that may see all of the booking. */
export const sharePages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get('/b/:id/share', { config, schema: { hide: true, params: Booking } }, async (request, reply) =>
    show(deps, request, reply, request.params.id)
  )

  for (const [address, replace] of [
    ['/b/:id/share', false],
    ['/b/:id/share/replacement', true]
  ] as const)
    app.post(address, { config, schema: { hide: true, params: Booking } }, async (request, reply) => {
      const { scope, actor, params } = request
      await ownBooking(deps, scope, actor, params.id)
      await invitePartner(deps, scope, actor, { text: 'curiosity', replace }).catch(tolerated)
      return reply.redirect(`/b/${params.id}/share`, 303)
    })

  app.post(
    '/b/:id/share/:invitation/removal',
    { config, schema: { hide: true, params: Invited } },
    async (request, reply) => {
      const { scope, actor, params } = request
      await ownBooking(deps, scope, actor, params.id)
      await withdrawInvitation(deps, scope, actor, params.invitation)
      return reply.redirect(`/b/${params.id}/share`, 303)
    }
  )
}

async function show(deps: Deps, request: FastifyRequest, reply: FastifyReply, id: string) {
  const { scope, actor } = request
  const { bookerId } = await ownBooking(deps, scope, actor, id)
  const { zone } = await readPerson(deps, deps.db, scope, bookerId)
  const invitation = await readInvitation(deps, scope, actor)
  const shared = await readShared(deps, scope, actor)
  return personalPage(
    reply,
    <Share frame={frameOf(request, deps.settings)} booking={id} {...invitation} shared={shared} zone={zone} />
  )
}

/** The page that follows says what there is and from when on the next can be made. */
function tolerated(error: unknown): void {
  if (!(error instanceof Problem) || error.code !== invitedAlready().code) throw error
}
