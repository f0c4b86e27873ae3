import { boolean, integer, jsonb, pgSchema, text, uuid } from 'drizzle-orm/pg-core'
import { newId } from './ids.ts'
import { type JobData, type SentQueue, settingsOf } from './jobs.ts'
import { into, type Rows } from './rows.ts'

/** Where pg-boss keeps the jobs of queues without a table of their own; of its columns those that we say. */
const jobs = pgSchema('pgboss').table('job_common', {
  id: uuid('id').notNull(),
  name: text('name').$type<SentQueue>().notNull(),
  data: jsonb('data').$type<JobData>(),
  policy: text('policy'),
  retryLimit: integer('retry_limit').notNull(),
  retryDelay: integer('retry_delay').notNull(),
  retryBackoff: boolean('retry_backoff').notNull(),
  retryDelayMax: integer('retry_delay_max'),
  heartbeatSeconds: integer('heartbeat_seconds')
})

/**
 * A job as a row, for who writes it together with what it is about: it exists if and only if the transaction commits. The
 * same as pg-boss's `send` would write, which asks a statement of its own that takes as long as five rows; what a row does not
 * say is pg-boss's default, as of its queues. https://pgboss.io/sql/job-table
 */
export function newJob(queue: SentQueue, data: JobData): Rows {
  return into(jobs, { id: newId(), name: queue, data, ...settingsOf(queue) })
}
