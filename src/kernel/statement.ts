import { type Placeholder, SQL, StringChunk, sql } from 'drizzle-orm'
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

/**
 * Asks what is written as one template of texts and values, or of templates within it. Drizzle reads such a template each
 * time, looking for tables and columns, which takes longer than many of the answers.
 * @returns who asks `sql` templates, and answers the rows as the driver reads them
 */
export function ask<Row extends object>(db: Executor): (question: SQL) => Promise<Row[]> {
  return async question => {
    const values: (string | number)[] = []
    const text = textOf(question, values)
    await inTurn()
    return driverOf(db).unsafe<Row[]>(text, values)
  }
}

function textOf({ queryChunks }: SQL, values: (string | number)[]): string {
  let text = ''
  for (const chunk of queryChunks) {
    if (chunk instanceof StringChunk) text += chunk.value.join('')
    else if (chunk instanceof SQL) text += textOf(chunk, values)
    else if (typeof chunk === 'string' || typeof chunk === 'number') text += `$${values.push(chunk)}`
    else throw new TypeError('A template that is asked as it stands holds texts, numbers and templates')
  }
  return text
}
