import { type Column, getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Executor } from './database.ts'

/** Rows that are to be inserted into a table, all with the same columns. */
export interface Rows {
  table: PgTable
  rows: readonly Readonly<Record<string, unknown>>[]
}

/** Rows for `insertRows`. What they leave out is left to the table's defaults. */
export function into<Table extends PgTable>(table: Table, ...rows: Table['$inferInsert'][]): Rows {
  return { table, rows }
}

/**
 * Inserts into several tables as one statement: what points at each other may stand in any order, because PostgreSQL
 * checks foreign keys at its end. Its text is made once for each shape. A dozen statements sent together cost the server
 * and us a dozen times what this costs (docs/measured.md, bookings a second).
 * https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-MODIFYING
 */
export async function insertRows(db: Executor, all: readonly Rows[]): Promise<void> {
  const filled = all
    .filter(({ rows }) => rows.length > 0)
    .map(({ table, rows }) => ({ table, rows, columns: columnsOf(table, rows) }))
  if (filled.length === 0) return
  const shape = filled
    .map(({ table, rows, columns }) => `${getTableName(table)} ${rows.length} ${columns.map(([, { name }]) => name)}`)
    .join()
  const text = texts.get(shape) ?? textOf(filled)
  texts.set(shape, text)
  const params = filled.flatMap(({ rows, columns }) =>
    rows.flatMap(row => columns.map(([key, column]) => (row[key] == null ? null : column.mapToDriverValue(row[key]))))
  )
  await db._.session.prepareQuery({ sql: text, params }, undefined, undefined, false).execute()
}

type Filled = Rows & { columns: [key: string, column: Column][] }

const texts = new Map<string, string>()

function columnsOf(table: PgTable, rows: Rows['rows']): [string, Column][] {
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => rows.some(row => row[key] !== undefined))
  if (rows.some(row => columns.some(([key]) => row[key] === undefined)))
    throw new TypeError(`Rows of ${getTableName(table)} that are inserted together say the same columns`)
  return columns
}

function textOf(filled: readonly Filled[]): string {
  let place = 0
  const inserts = filled.map(({ table, rows, columns }) => {
    const names = columns.map(([, { name }]) => `"${name}"`).join(', ')
    const values = rows.map(() => `(${columns.map(() => `$${++place}`).join(', ')})`).join(', ')
    return `insert into "${getTableName(table)}" (${names}) values ${values}`
  })
  const last = inserts.pop()
  return inserts.length
    ? `with ${inserts.map((insert, index) => `"${index}" as (${insert})`).join(', ')} ${last}`
    : `${last}`
}
