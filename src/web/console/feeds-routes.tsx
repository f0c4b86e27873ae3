import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readFeeds, revokeFeed, rotateFeed } from '../../calendars/change-feed.ts'
import { type FeedAddress, makeFeed } from '../../calendars/make-feed.ts'
import { therapistFeeds } from '../../calendars/owner.ts'
import { view } from '../../calendars/schema.ts'
import type { Deps } from '../../kernel/deps.ts'
import { Slug } from '../../kernel/wire.ts'
import { feedFault } from '../feed-fault.ts'
import { frameOf, personalPage } from '../page.ts'
import { choiceOf, choices, FeedsPage } from './feeds.tsx'
import { meantTherapist } from './therapist.ts'

const Therapist = z.object({ therapist: Slug.optional() })
const Feed = z.object({ feed: z.uuid() })
const Wanted = Therapist.extend({ shows: z.enum(['code', 'initials', 'names', 'busy']).catch('code') })
const may = 'keep a therapist’s calendars'

/** A therapist's calendar addresses. A new one is shown in the answer to its form, and nowhere else. */
export const feedsPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/console/feeds',
    { config: { may }, schema: { hide: true, querystring: Therapist } },
    async (request, reply) => show(deps, request, reply, request.query.therapist)
  )

  app.post(
    '/console/feeds',
    { config: { may, makes: true }, schema: { hide: true, body: Wanted } },
    async (request, reply) => {
      const { scope, actor, body, idToMake } = request
      const therapist = await meantTherapist(deps, scope, actor, body.therapist)
      const { person } = await therapistFeeds(deps, scope, actor, therapist.slug, 'make')
      const wanted =
        body.shows === 'busy'
          ? ({ scope: 'busy', style: 'code' } as const)
          : ({ scope: 'therapist', style: body.shows } as const)
      const outcome = await makeFeed(deps, scope, actor, person, wanted, idToMake).catch(feedFault)
      return show(deps, request, reply, therapist.slug, outcome)
    }
  )

  app.post(
    '/console/feeds/:feed/rotation',
    { config: { may }, schema: { hide: true, params: Feed, body: Therapist } },
    async (request, reply) => {
      const { scope, actor, body, params } = request
      const therapist = await meantTherapist(deps, scope, actor, body.therapist)
      const owner = await therapistFeeds(deps, scope, actor, therapist.slug, 'make')
      return show(deps, request, reply, therapist.slug, await rotateFeed(deps, scope, actor, owner, params.feed))
    }
  )

  app.post(
    '/console/feeds/:feed/removal',
    { config: { may }, schema: { hide: true, params: Feed, body: Therapist } },
    async (request, reply) => {
      const { scope, actor, body, params } = request
      const therapist = await meantTherapist(deps, scope, actor, body.therapist)
      const owner = await therapistFeeds(deps, scope, actor, therapist.slug, 'end')
      await revokeFeed(deps, scope, actor, owner, params.feed)
      return reply.redirect(`/console/feeds?therapist=${therapist.slug}`, 303)
    }
  )
}

/** The page, with what was just made or the sentence why it was not. */
async function show(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  slug: string | undefined,
  outcome?: FeedAddress | string
) {
  const { scope, actor } = request
  const therapist = await meantTherapist(deps, scope, actor, slug)
  const owner = await therapistFeeds(deps, scope, actor, therapist.slug, 'end')
  const feeds = (await readFeeds(deps, scope, owner)).map(view)
  const fault = typeof outcome === 'string' ? outcome : undefined
  return personalPage(
    reply.code(fault ? 409 : 200),
    <FeedsPage
      frame={frameOf(request, deps.settings)}
      therapist={therapist}
      isOwn={actor.kind === 'staff' && actor.person === owner.person}
      feeds={feeds.map(feed => ({ ...feed, shows: choices[choiceOf(feed.scope, feed.style)].listed }))}
      address={typeof outcome === 'string' ? undefined : outcome}
      fault={fault}
    />
  )
}
