import { sql } from 'drizzle-orm'
import type { FastifyPluginAsync } from 'fastify'
import type { Deps } from './kernel/deps.ts'

/** For operators: whether the process lives, and whether it can serve (its database answers). */
export const operationRoutes: FastifyPluginAsync<{ deps: Deps }> = async (app, { deps }) => {
  app.get('/livez', { config: { may: 'operate the service', machine: true }, schema: { hide: true } }, async () => ({
    live: true
  }))
  app.get(
    '/readyz',
    { config: { may: 'operate the service', machine: true }, schema: { hide: true } },
    async (request, reply) => {
      try {
        await deps.db.execute(sql`select 1`)
        return { ready: true }
      } catch (error) {
        request.log.error({ err: error }, 'The database does not answer')
        return reply.code(503).send({ ready: false })
      }
    }
  )
}
