import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../../kernel/deps.ts'
import { listTasks } from '../../records/list-tasks.ts'
import { frameOf, personalPage } from '../page.ts'
import { Tasks } from './tasks.tsx'

/** What waits for staff. */
export const tasksPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get('/console/tasks', { config: { may: 'read tasks' }, schema: { hide: true } }, async (request, reply) => {
    const { scope, actor } = request
    const tasks = await listTasks(deps, scope, actor)
    const frame = frameOf(request, deps.settings)
    return personalPage(reply, <Tasks frame={frame} tasks={tasks} zone={scope.practice.zone} />)
  })
}
