import { type Column, getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { type Executor, inTurn } from './database.ts'
import { formOf } from './insert-form.ts'
import { send } from './statement.ts'

/** Rows that are to be inserted into a table, all with the same columns. */
export interface Rows {
  table: PgTable
  rows: readonly Values[]
  /** Whether a row that is there already is left as it is. */
  once?: boolean
}

/** What is to become of the rows of a table that have these values. */
export interface Change {
  table: PgTable
  set: Values
  where: Values
}

/** What `writeRows` writes. */
export type Write = Rows | Change

type Values = Readonly<Record<string, unknown>>
type Row<Table extends PgTable> = Table['$inferSelect']

/** Rows to insert. What they leave out is left to the table's defaults. */
export function into<Table extends PgTable>(table: Table, ...rows: Table['$inferInsert'][]): Rows {
  return { table, rows }
}

/** The same, where a row that is there already is left as it is. */
export function intoOnce<Table extends PgTable>(table: Table, ...rows: Table['$inferInsert'][]): Rows {
  return { table, rows, once: true }
}

/** New values for the rows that have the values of `where`. */
export function change<Table extends PgTable>(
  table: Table,
  where: Partial<Row<Table>>,
  set: { [Key in keyof Row<Table>]?: Row<Table>[Key] | OneMore }
): Change {
  return { table, where, set }
}

/** The number that the column has, and one more. */
export const oneMore: unique symbol = Symbol('one more')
type OneMore = typeof oneMore

/**
 * Inserts into and changes several tables as one statement: what points at each other may stand in any order, because
 * PostgreSQL checks foreign keys at its end. A dozen statements sent together cost the server and us a dozen times what
 * this costs (docs/measured.md, bookings a second). Each sees the rows as they were before the statement, so that none
 * may change what another inserts or changes.
 * https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-MODIFYING
 */
export async function writeRows(db: Executor, all: readonly Write[]): Promise<void> {
  const params: unknown[] = []
  const texts = all.flatMap(write => {
    if ('set' in write) return updateOf(write, params)
    return write.rows.length > 0 ? insertOf(write, params) : []
  })
  if (texts.length === 0) return
  const shape = texts.join('\n')
  const sql = known.get(shape) ?? numbered(texts)
  known.set(shape, sql)
  await inTurn()
  await send(db, sql, params)
}

/**
 * The statements that were written, by their parts: the driver knows a text that is the same object without reading it,
 * and there are as many as there are ways to write something.
 */
const known = new Map<string, string>()

/** The parts as one statement, with its parameters numbered. */
function numbered(texts: readonly string[]): string {
  const last = texts.at(-1) ?? ''
  const before = texts.slice(0, -1).map((text, index) => `"${index}" as (${text})`)
  let count = 0
  return (before.length > 0 ? `with ${before.join(', ')} ${last}` : last).replaceAll('$', () => `$${++count}`)
}

function insertOf({ table, rows, once }: Rows, params: unknown[]): string {
  const { columns, text, places } = formOf(table, rows)
  for (const row of rows)
    for (const [key, column] of columns) {
      if (row[key] === undefined)
        throw new TypeError(`Rows of ${getTableName(table)} that are inserted together say the same columns`)
      place(params, column, row[key])
    }
  const values = rows.length > 1 ? rows.map(() => places).join(', ') : places
  return `${text} values ${values}${once ? ' on conflict do nothing' : ''}`
}

function updateOf({ table, set, where }: Change, params: unknown[]): string {
  const sets = pairsOf(table, set).map(([column, value]) => {
    const given = value === oneMore ? `"${column.name}" + 1` : place(params, column, value)
    return `"${column.name}" = ${given}`
  })
  return `update "${getTableName(table)}" set ${sets.join(', ')} where ${conditionOf(table, where, params)}`
}

function conditionOf(table: PgTable, where: Values, params: unknown[]): string {
  const conditions = pairsOf(table, where).map(([column, value]) => {
    if (value === null) return `"${column.name}" is null`
    return `"${column.name}" = ${place(params, column, value)}`
  })
  if (conditions.length === 0) throw new TypeError(`Say which rows of ${getTableName(table)}`)
  return conditions.join(' and ')
}

function pairsOf(table: PgTable, values: Values): [Column, unknown][] {
  const columns: Record<string, Column> = getTableColumns(table)
  return Object.entries(values).flatMap(([key, value]): [Column, unknown][] => {
    if (value === undefined) return []
    const column = columns[key]
    if (!column) throw new TypeError(`${getTableName(table)} has no ${key}`)
    return [[column, value]]
  })
}

/** Adds a value. @returns where it will stand, to be numbered when the statement is whole */
function place(params: unknown[], column: Column, value: unknown): string {
  params.push(value == null ? null : column.mapToDriverValue(value))
  return '$'
}
