import { sql } from 'drizzle-orm'
import { installation, keySentinels } from '../db/schema/kernel.ts'
import type { Database, Executor } from './kernel/database.ts'

/**
 * What tells this database from a copy of it: the cluster's own number and the database's, which a dump that is restored
 * does not keep; the address at which it is reached; and the timeline, which rises when a cluster is recovered from an
 * archive of its log or a standby is promoted (https://www.postgresql.org/docs/18/continuous-archiving.html). The control
 * file may have it a moment late where a standby was promoted just now: then as the end of recovery.
 */
export async function markOf(db: Executor, publicUrl: string): Promise<string> {
  const [row] = await db.execute<{ cluster: string; database: string; timeline: string }>(sql`
    select (select system_identifier::text from pg_control_system()) as cluster,
      (select oid::text from pg_database where datname = current_database()) as database,
      (select greatest(timeline_id, min_recovery_end_timeline)::text
        from pg_control_checkpoint(), pg_control_recovery()) as timeline`)
  return [row?.cluster, row?.database, publicUrl, row?.timeline].join(' ')
}

/** The mark as versions wrote it that did not look at the timeline. */
export function withoutTimeline(mark: string): string {
  return mark.slice(0, mark.lastIndexOf(' '))
}

/** The mark that was confirmed last; undefined in a database that was never started. */
export async function readMark(db: Executor): Promise<string | undefined> {
  const [row] = await db.select({ mark: installation.mark }).from(installation)
  return row?.mark
}

export async function writeMark(
  db: Executor,
  mark: string,
  confirmedAt: (typeof installation.$inferInsert)['confirmedAt']
): Promise<void> {
  await db
    .insert(installation)
    .values({ id: 1, mark, confirmedAt })
    .onConflictDoUpdate({ target: installation.id, set: { mark, confirmedAt } })
}

export async function listSentinels(db: Executor): Promise<{ keyId: string; sealed: Buffer }[]> {
  return db.select().from(keySentinels)
}

/** Keeps a word for each key that has none yet; what another process wrote stays. */
export async function insertSentinels(db: Executor, rows: readonly { keyId: string; sealed: Buffer }[]): Promise<void> {
  await db
    .insert(keySentinels)
    .values([...rows])
    .onConflictDoNothing()
}

/** Whether a transaction that begins now may write. */
export async function isWritable(db: Executor): Promise<boolean> {
  const [row] = await db.execute<{ read_only: string }>(
    sql`select current_setting('transaction_read_only') as read_only`
  )
  return row?.read_only === 'off'
}

/** How many migrations the database has had. */
export async function countMigrations(db: Executor): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from drizzle.__drizzle_migrations`
  )
  return row?.count ?? 0
}

/** Numbers for operators: bookings by state, what waits, and since when. One round trip. */
export async function readNumbers({ $client }: Database, at: string, fewTries: number) {
  const [row] = await $client<
    {
      bookings: Record<string, number> | null
      waiting: number
      oldest: number
      failed: number
      events: number
      refunds: number
      jobs: number
    }[]
  >`
    select
      (select json_object_agg(state, count) from (select state, count(*)::int from bookings group by state) s) as bookings,
      (select count(*)::int from messages where state in ('waiting', 'sending') and due_at <= now_at.at) as waiting,
      (select coalesce(extract(epoch from max(now_at.at - due_at)), 0)::int from messages
        where state in ('waiting', 'sending') and due_at <= now_at.at) as oldest,
      (select count(*)::int from messages where state = 'failed' and tries >= ${fewTries}) as failed,
      (select count(*)::int from stripe_events where processed_at is null) as events,
      (select count(*)::int from refunds where state in ('requested', 'submitted', 'pending')) as refunds,
      (select count(*)::int from pgboss.job where state in ('created', 'retry', 'active')) as jobs
    from (select ${at}::timestamptz as at) now_at`
  return row
}
