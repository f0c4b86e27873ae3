import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { Instant } from '../kernel/time.ts'
import { page, refusals } from '../kernel/wire.ts'
import { exportOwn } from './export-own.ts'
import { fileHeaders, OwnRecordView } from './export-schema.ts'
import { listTasks } from './list-tasks.ts'

const TaskView = z
  .object({
    kind: z.enum([
      'approval',
      'move',
      'reply',
      'caller',
      'conflict',
      'dates-conflict',
      'absence',
      'dates',
      'step',
      'proposal'
    ]),
    id: z.uuid(),
    dueAt: Instant.nullable(),
    late: z.boolean(),
    danger: z.boolean()
  })
  .meta({ id: 'Task' })

/** What waits for staff, and what is held about a person, for that person: by POST, so that no address hands it out. */
export const recordRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/api/tasks',
    {
      config: { may: 'read tasks' },
      schema: { operationId: 'tasks', tags: ['staff'], response: { 200: page(TaskView), ...refusals(401, 403) } }
    },
    async ({ scope, actor }) => ({ items: await listTasks(deps, scope, actor), next: null })
  )

  app.post(
    '/api/me/export',
    {
      config: { may: 'read one’s own things', makes: false, limit: 'answers' },
      schema: {
        operationId: 'exportOwn',
        tags: ['me'],
        response: { 200: OwnRecordView, ...refusals(401, 403, 429) }
      }
    },
    async ({ scope, actor }, reply) => reply.headers(fileHeaders).send(await exportOwn(deps, scope, actor))
  )
}
