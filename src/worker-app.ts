import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { AppSettings } from './app.ts'
import { methodPlugin } from './kernel/method-plugin.ts'
import { problemPlugin } from './kernel/problem-plugin.ts'
import { operationRoutes } from './operation-routes.ts'
import type { WebDeps } from './web/deps.ts'
import { renderProblem } from './web/problem-page.tsx'

/** What a worker answers: whether it lives, whether it can work, and its numbers. */
export async function buildWorkerApp(
  deps: WebDeps,
  { metricsToken, stopping, heldBack }: Pick<AppSettings, 'metricsToken' | 'stopping' | 'heldBack'>
): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true })
  })
  await app.register(problemPlugin, { render: renderProblem(deps.settings) })
  await app.register(methodPlugin)
  await app.register(operationRoutes, { deps, metricsToken, stopping, heldBack })
  return app
}
