import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ownBooking } from '../../bookings/read-booking.ts'
import { readFeeds, revokeFeed, rotateFeed } from '../../calendars/change-feed.ts'
import { type FeedAddress, makeFeed } from '../../calendars/make-feed.ts'
import { ownFeeds } from '../../calendars/owner.ts'
import { view } from '../../calendars/schema.ts'
import { readPerson } from '../../identity/people.ts'
import type { Deps } from '../../kernel/deps.ts'
import { feedFault } from '../feed-fault.ts'
import { frameOf, personalPage } from '../page.ts'
import { FeedPage } from './feed.tsx'

const Booking = z.object({ id: z.uuid() })
const Feed = Booking.extend({ feed: z.uuid() })
const config = { may: 'keep one’s own calendars' } as const

/** The calendar of who booked, in the browser that may see all of the booking. */
export const feedPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get('/b/:id/feed', { config, schema: { hide: true, params: Booking } }, async (request, reply) =>
    show(deps, request, reply, request.params.id)
  )

  app.post(
    '/b/:id/feed',
    { config: { ...config, makes: true }, schema: { hide: true, params: Booking } },
    async (request, reply) => {
      const { scope, actor, params, idToMake } = request
      const { id } = await ownBooking(deps, scope, actor, params.id)
      const { person } = ownFeeds(actor)
      const made = makeFeed(deps, scope, actor, person, { scope: 'client', style: 'code' }, idToMake)
      return show(deps, request, reply, id, await made.catch(feedFault))
    }
  )

  app.post('/b/:id/feed/:feed/rotation', { config, schema: { hide: true, params: Feed } }, async (request, reply) => {
    const { scope, actor, params } = request
    const { id } = await ownBooking(deps, scope, actor, params.id)
    return show(deps, request, reply, id, await rotateFeed(deps, scope, actor, ownFeeds(actor), params.feed))
  })

  app.post('/b/:id/feed/:feed/removal', { config, schema: { hide: true, params: Feed } }, async (request, reply) => {
    const { scope, actor, params } = request
    const { id } = await ownBooking(deps, scope, actor, params.id)
    await revokeFeed(deps, scope, actor, ownFeeds(actor), params.feed)
    return reply.redirect(`/b/${id}/feed`, 303)
  })
}

/** The page, with what was just made or the sentence why it was not. */
async function show(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  booking: string,
  outcome?: FeedAddress | string
) {
  const { scope, actor } = request
  await ownBooking(deps, scope, actor, booking)
  const owner = ownFeeds(actor)
  const { zone } = await readPerson(deps, deps.db, scope, owner.person)
  const feeds = (await readFeeds(deps, scope, owner)).map(view)
  const fault = typeof outcome === 'string' ? outcome : undefined
  return personalPage(
    reply.code(fault ? 409 : 200),
    <FeedPage
      frame={frameOf(request, deps.settings)}
      booking={booking}
      feeds={feeds.map(feed => ({ ...feed, shows: 'Your appointments' }))}
      zone={zone}
      address={typeof outcome === 'string' ? undefined : outcome}
      fault={fault}
    />
  )
}
