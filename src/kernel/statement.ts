import { type Placeholder, sql } from 'drizzle-orm'
import { driverOf, type Executor, inTurn } from './database.ts'

/**
 * A query whose SQL Drizzle writes when it is first asked, and not again each time, which takes longer than PostgreSQL
 * takes to answer. For what a booking asks of the database; elsewhere a plain query is as good.
 * https://orm.drizzle.team/docs/perf-queries
 * @param write makes the query, prepared, with placeholders for the given names
 * @returns the query for any executor; values are given as the driver takes them: texts, numbers, buffers
 */
export function statement<const Name extends string, Result>(
  names: readonly Name[],
  write: (
    db: Executor,
    given: Record<Name, Placeholder<Name>>
  ) => { execute(values: Record<string, unknown>): Promise<Result> }
): (db: Executor, values: Record<Name, unknown>) => Promise<Result> {
  let written: ReturnType<typeof write> | undefined
  return async (db, values) => {
    written ??= write(
      db,
      Object.fromEntries(names.map(name => [name, sql.placeholder(name)])) as Record<Name, Placeholder<Name>>
    )
    // The same text and columns, sent by whoever asks now.
    const query: typeof written = Object.assign(Object.create(written), { client: driverOf(db) })
    await inTurn()
    return query.execute(values)
  }
}
