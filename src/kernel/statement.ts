import { Placeholder, SQL, StringChunk, sql } from 'drizzle-orm'
import type { Row as AnyRow, ParameterOrJSON } from 'postgres'
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
    written ??= write(db, placeholders(names))
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
    const text = textOf(question, value => `$${values.push(value)}`)
    await inTurn()
    return send<Row>(db, text, values)
  }
}

/**
 * The same for a template whose text is written once, with placeholders for what is another each time.
 * @param write the template; a name may stand in it more than once, and no value
 * @returns who asks it; values are given as the driver takes them
 */
export function question<const Name extends string, Row extends object>(
  names: readonly Name[],
  write: (given: Record<Name, Placeholder<Name>>) => SQL
): (db: Executor, values: Record<Name, Value>) => Promise<Row[]> {
  let text: string | undefined
  return async (db, values) => {
    text ??= textOf(write(placeholders(names)), name => {
      const at = names.indexOf(name as Name)
      if (at < 0) throw new TypeError(`“${name}” is none of the names: a template that is written once holds no values`)
      return `$${at + 1}`
    })
    await inTurn()
    return send<Row>(
      db,
      text,
      names.map(name => values[name])
    )
  }
}

/** A value as the driver takes it. */
export type Value = string | number | Buffer | null

/**
 * Asks what is written already, and keeps it prepared on its connection: reading and planning most statements anew takes
 * the server longer than they do. The patched Drizzle (db/patches) does the same.
 */
export function send<Row extends object = AnyRow>(
  db: Executor,
  text: string,
  values: readonly unknown[]
): Promise<Row[]> {
  return driverOf(db).unsafe<Row[]>(text, values as ParameterOrJSON<never>[], { prepare: true })
}

function placeholders<const Name extends string>(names: readonly Name[]): Record<Name, Placeholder<Name>> {
  return Object.fromEntries(names.map(name => [name, sql.placeholder(name)])) as Record<Name, Placeholder<Name>>
}

/** @param standFor what stands in the text for a name, or for a value that is put in */
function textOf({ queryChunks }: SQL, standFor: (chunk: string | number) => string): string {
  return queryChunks
    .map(chunk => {
      if (chunk instanceof StringChunk) return chunk.value.join('')
      if (chunk instanceof SQL) return textOf(chunk, standFor)
      if (chunk instanceof Placeholder) return standFor(chunk.name)
      if (typeof chunk === 'string' || typeof chunk === 'number') return standFor(chunk)
      throw new TypeError('A template that is asked as it stands holds texts, numbers and templates')
    })
    .join('')
}
