import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { Instant } from '../kernel/time.ts'
import { page, refusals } from '../kernel/wire.ts'
import { listTasks } from './list-tasks.ts'

const TaskView = z
  .object({
    kind: z.enum(['approval', 'move', 'reply', 'caller']),
    id: z.uuid(),
    dueAt: Instant.nullable(),
    late: z.boolean(),
    danger: z.boolean()
  })
  .meta({ id: 'Task' })

/** What waits for staff. */
export const taskRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/api/tasks',
    {
      config: { may: 'read tasks' },
      schema: { operationId: 'tasks', tags: ['staff'], response: { 200: page(TaskView), ...refusals(401, 403) } }
    },
    async ({ scope, actor }) => ({ items: await listTasks(deps, scope, actor), next: null })
  )
}
