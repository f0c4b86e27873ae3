import type { Test } from 'tap'
import type { open } from './open.ts'

/** What is written down of what happened names ids alone, and is kept. */
const kept = ['events', 'audit', 'idempotency_keys']

/** Fails for each table in which one of these ids still stands, in whatever column. */
export async function nothingLeftOf(
  t: Test,
  client: Awaited<ReturnType<typeof open>>['client'],
  ids: readonly string[]
): Promise<void> {
  t.ok(ids.length > 0 && ids.every(id => id.length === 36), 'each is an id')
  const tables = await client<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'public' and not tablename = any(${kept})`
  t.ok(tables.length > 35)
  for (const { name } of tables)
    for (const id of ids) {
      const [found] = await client.unsafe(
        `select count(*)::int as count from ${name} as x where x::text like '%${id}%'`
      )
      t.equal(found?.count, 0, name)
    }
}
