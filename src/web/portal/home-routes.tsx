import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { noSuchBooking } from '../../bookings/booking.ts'
import { joinFound } from '../../bookings/own-bookings.ts'
import { readFeeds, revokeFeed, rotateFeed } from '../../calendars/change-feed.ts'
import { type FeedAddress, makeFeed } from '../../calendars/make-feed.ts'
import { ownFeeds } from '../../calendars/owner.ts'
import { view } from '../../calendars/schema.ts'
import { shownBookings } from '../../identity/cookies.ts'
import { readPerson } from '../../identity/people.ts'
import { isApart } from '../../identity/scope.ts'
import { signOut } from '../../identity/sign-out.ts'
import { forgetSignedIn } from '../../identity/visit.ts'
import type { Deps } from '../../kernel/deps.ts'
import { Problem } from '../../kernel/problem.ts'
import { feedFault } from '../feed-fault.ts'
import { frameOf, personalPage } from '../page.ts'
import { OwnFeeds } from './feeds.tsx'
import { Home } from './home.tsx'
import { readHome } from './read-home.ts'

const reading = { may: 'read one’s own things' } as const
const changing = { may: 'change one’s own things' } as const
const feeding = { may: 'keep one’s own calendars' } as const
const hide = true
const Feed = z.object({ feed: z.uuid() })
/** One tick is a text, several are a list. */
const Chosen = z.object({ booking: z.union([z.uuid().transform(id => [id]), z.array(z.uuid()).max(100)]).default([]) })

/** A person's home: what is ahead and what was, what is found, and their calendar. */
export const homePages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const { settings } = deps

  app.get('/me', { config: reading, schema: { hide } }, async (request, reply) => home(request, reply))

  app.post('/me/found', { config: changing, schema: { hide, body: Chosen } }, async (request, reply) => {
    const { scope, actor, body, cookies } = request
    const tokens = shownBookings(cookies, settings)
    const done = joinFound(deps, scope, actor, { bookings: body.booking, tokens })
    const fault = await done.then(() => undefined, notOffered)
    return fault === undefined ? reply.redirect('/me', 303) : home(request, reply, fault)
  })

  // Times are chosen where the practice names itself; from the choice on everything is here again.
  app.get('/me/times', { config: reading, schema: { hide } }, async ({ scope: { practice } }, reply) =>
    reply.redirect(isApart(settings, practice) ? `https://${practice.hosts[0]}/` : '/', 303)
  )

  app.post('/me/sign-out', { config: { may: 'sign out' }, schema: { hide } }, async (request, reply) => {
    await signOut(deps, request.scope, request.actor)
    forgetSignedIn(request)
    return reply.redirect('/sign-in', 303)
  })

  app.get('/me/feeds', { config: feeding, schema: { hide } }, async (request, reply) => feeds(request, reply))

  app.post('/me/feeds', { config: { ...feeding, makes: true }, schema: { hide } }, async (request, reply) => {
    const { scope, actor, idToMake } = request
    const wanted = { scope: 'client', style: 'code' } as const
    const made = makeFeed(deps, scope, actor, ownFeeds(actor).person, wanted, idToMake)
    return feeds(request, reply, await made.catch(feedFault))
  })

  app.post('/me/feeds/:feed/rotation', { config: feeding, schema: { hide, params: Feed } }, async (request, reply) => {
    const { scope, actor, params } = request
    return feeds(request, reply, await rotateFeed(deps, scope, actor, ownFeeds(actor), params.feed))
  })

  app.post('/me/feeds/:feed/removal', { config: feeding, schema: { hide, params: Feed } }, async (request, reply) => {
    const { scope, actor, params } = request
    await revokeFeed(deps, scope, actor, ownFeeds(actor), params.feed)
    return reply.redirect('/me/feeds', 303)
  })

  async function home(request: FastifyRequest, reply: FastifyReply, fault?: string) {
    const shown = await readHome(deps, request)
    const frame = frameOf(request, settings)
    return personalPage(reply.code(fault ? 409 : 200), <Home frame={frame} {...shown} fault={fault} />)
  }

  async function feeds(request: FastifyRequest, reply: FastifyReply, outcome?: FeedAddress | string) {
    const { scope, actor } = request
    const owner = ownFeeds(actor)
    const { zone } = await readPerson(deps, deps.db, scope, owner.person)
    const listed = (await readFeeds(deps, scope, owner)).map(view)
    const fault = typeof outcome === 'string' ? outcome : undefined
    return personalPage(
      reply.code(fault ? 409 : 200),
      <OwnFeeds
        frame={frameOf(request, settings)}
        feeds={listed.map(feed => ({ ...feed, shows: 'Your appointments' }))}
        zone={zone}
        address={typeof outcome === 'string' ? undefined : outcome}
        fault={fault}
      />
    )
  }
}

/** What was chosen is not offered any more; whatever else is thrown goes on. */
function notOffered(error: unknown): string {
  if (error instanceof Problem && error.code === noSuchBooking().code)
    return 'Something in the list has changed meanwhile. Look again, then choose.'
  throw error
}
