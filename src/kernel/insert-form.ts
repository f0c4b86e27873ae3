import { type Column, getTableColumns, getTableUniqueName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

/** How an insert that says some of a table's columns reads: `text`, then for each row `places`, a `$` for each column. */
export interface InsertForm {
  columns: readonly [key: string, Column][]
  text: string
  places: string
}

/** Those that were wanted before: of each table, by which of its columns are said. */
const forms = new WeakMap<PgTable, Map<number, InsertForm>>()

/** The form for the columns that at least one of these rows says, written when it is first wanted. */
export function formOf(table: PgTable, rows: readonly Readonly<Record<string, unknown>>[]): InsertForm {
  const columns = getTableColumns(table)
  let said = 0
  let bit = 1
  for (const key in columns) {
    if (isSaid(rows, key)) said += bit
    bit *= 2
  }
  const ofTable = forms.get(table) ?? new Map<number, InsertForm>()
  forms.set(table, ofTable)
  const form =
    ofTable.get(said) ??
    write(
      table,
      Object.entries(columns).filter(([key]) => isSaid(rows, key))
    )
  ofTable.set(said, form)
  return form
}

function isSaid(rows: readonly Readonly<Record<string, unknown>>[], key: string): boolean {
  for (const row of rows) if (row[key] !== undefined) return true
  return false
}

function write(table: PgTable, columns: [key: string, Column][]): InsertForm {
  const names = columns.map(([, { name }]) => `"${name}"`).join(', ')
  return {
    columns,
    text: `insert into ${quoted(table)} (${names})`,
    places: `(${columns.map(() => '$').join(', ')})`
  }
}

/** The table's name with its schema, each between quotes. */
function quoted(table: PgTable): string {
  return getTableUniqueName(table)
    .split('.')
    .map(name => `"${name}"`)
    .join('.')
}
