import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { fetchFeed } from './fetch-feed.ts'
import { keptBytes } from './kept-bytes.ts'
import { isUnmodified, readIfNoneMatch } from './validators.ts'

const Token = z.object({ token: z.string() })
/** Some twenty feeds of a thousand appointments. */
const mostKept = 8 * 1024 * 1024

/** What calendar apps subscribe to. Whoever has the address may read it; nobody is asked who they are. */
export const calendarRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const kept = keptBytes(mostKept)
  app.get(
    '/calendars/:token.ics',
    { config: { may: 'fetch a calendar', unasked: true }, schema: { hide: true, params: Token } },
    async ({ scope, params, headers }, reply) => {
      const known = readIfNoneMatch(headers['if-none-match'])
      const { etag, revisedAt, bytes } = await fetchFeed(deps, kept, scope, params.token, known)
      reply.headers({ etag, 'cache-control': 'private, max-age=300', 'last-modified': revisedAt.toUTCString() })
      if (!bytes || isUnmodified(headers, revisedAt)) return reply.code(304).send()
      return reply.type('text/calendar; charset=utf-8').send(bytes)
    }
  )
}
