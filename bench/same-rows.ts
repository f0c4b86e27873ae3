/**
 * What a hold and its settling write, as a script for pgbench: the rows that are new after each of the two, and the rows
 * that it changed, taken from one real booking. Every copy has ids of its own and its times two hours after the last.
 */
import type { Sql } from 'postgres'

interface Table {
  name: string
  columns: { name: string; type: string }[]
  key: string[]
}
/** A row by its primary key: each column as text. */
type Rows = Map<string, Record<string, string | null>>
export type Snapshot = Map<string, Rows>

/** Every table that a booking may write to, those that are pointed at first. */
export async function tables(client: Sql): Promise<Table[]> {
  const found = await client<Table[]>`
    select format('%I.%I', n.nspname, c.relname) as name,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and a.attgenerated = '') as columns,
      (select array_agg(a.attname::text) from pg_index i join pg_attribute a on a.attrelid = i.indrelid
        and a.attnum = any(i.indkey) where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and (n.nspname = 'public' or (n.nspname = 'pgboss' and c.relname like 'job%'))`
  const references = await client<{ one: string; other: string }[]>`
    select conrelid::regclass::text as one, confrelid::regclass::text as other from pg_constraint
    where contype = 'f' and conrelid <> confrelid`
  const sorted: Table[] = []
  // Types and their versions point at each other: whoever is met first comes last.
  const met = new Set<Table>()
  const bare = (name: string) => name.replace(/^public\./, '')
  const add = (table: Table) => {
    if (met.has(table)) return
    met.add(table)
    for (const { one, other } of references)
      if (one === bare(table.name)) for (const parent of found) if (bare(parent.name) === other) add(parent)
    sorted.push(table)
  }
  for (const table of found.filter(({ key }) => key)) add(table)
  return sorted
}

export async function snapshot(client: Sql, all: readonly Table[]): Promise<Snapshot> {
  const taken: Snapshot = new Map()
  for (const { name, columns, key } of all) {
    const texts = columns.map(({ name }) => `"${name}"::text`).join(', ')
    const rows = await client.unsafe(`select ${texts} from ${name}`)
    taken.set(name, new Map(rows.map(row => [key.map(column => row[column]).join(), { ...row }])))
  }
  return taken
}

export interface Step {
  inserts: string[]
  updates: string[]
}

/**
 * Turns what lies between snapshots into steps of statements, with one numbering of the new ids for all of them.
 * @param therapists whose turn it is, one after the other: rivals for one therapist wait for each other's commit
 */
export function scriptOf(all: readonly Table[], snapshots: readonly Snapshot[], therapists: readonly string[]): Step[] {
  const known = new Set(idsIn(snapshots[0]))
  const ids = [...new Set(idsIn(snapshots.at(-1)))].filter(id => !known.has(id))
  const steps: Step[] = []
  for (const [index, after] of snapshots.slice(1).entries()) {
    const before = snapshots[index] ?? new Map()
    const step: Step = { inserts: [], updates: [] }
    for (const table of all)
      for (const [at, row] of after.get(table.name) ?? []) {
        const known = before.get(table.name)?.get(at)
        if (!known) step.inserts.push(insert(table, row, ids, therapists))
        else if (table.columns.some(({ name }) => known[name] !== row[name]) && isOurs(table, row, ids))
          step.updates.push(update(table, known, row, ids))
      }
    steps.push(step)
  }
  return steps
}

/** Every UUID that stands somewhere, also within a text. */
function* idsIn(taken: Snapshot | undefined): Generator<string> {
  for (const rows of taken?.values() ?? [])
    for (const row of rows.values())
      for (const text of Object.values(row))
        for (const [id] of text?.matchAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g) ?? [])
          yield id
}

/** Rows that all bookings share (counters) would make pgbench's clients wait for each other: as they do for us. */
function isOurs({ key }: Table, row: Record<string, string | null>, ids: readonly string[]): boolean {
  return key.some(column => ids.includes(row[column] ?? ''))
}

function insert(
  { name, columns }: Table,
  row: Record<string, string | null>,
  ids: readonly string[],
  therapists: readonly string[]
): string {
  const names = columns.map(({ name }) => `"${name}"`).join(', ')
  const anyone = `(array['${therapists.join("','")}']::uuid[])[1 + :n % ${therapists.length}]`
  const values = columns.map(({ name: column, type }, at) =>
    therapists.includes(row[column] ?? '') ? anyone : value(name, type, row[column] ?? null, ids, at)
  )
  return `insert into ${name} (${names}) values (${values.join(', ')});`
}

function update(
  { name, columns, key }: Table,
  before: Record<string, string | null>,
  row: Record<string, string | null>,
  ids: readonly string[]
): string {
  const changed = columns.flatMap(({ name: column, type }, at) =>
    before[column] === row[column] ? [] : [`"${column}" = ${value(name, type, row[column] ?? null, ids, at)}`]
  )
  const typeOf = (column: string) => columns.find(({ name }) => name === column)?.type ?? 'text'
  const where = key.map(column => `"${column}" = ${value(name, typeOf(column), row[column] ?? null, ids, 0)}`)
  return `update ${name} set ${changed.join(', ')} where ${where.join(' and ')};`
}

/** A literal of the row, made this copy's own where two copies would meet. */
function value(table: string, type: string, text: string | null, ids: readonly string[], at: number): string {
  if (text === null) return 'null'
  if (type === 'bytea') {
    const length = (text.length - 2) / 2
    return length === 32 ? `decode(lpad(to_hex(:n * 64 + ${at}), 64, '0'), 'hex')` : `'${text}'::bytea`
  }
  if (table === 'public.occupancy' && type === 'tstzrange')
    return `tstzrange(lower('${text}'::tstzrange) + :n * interval '2 hours', upper('${text}'::tstzrange) + :n * interval '2 hours')`
  const parts = text.split(new RegExp(`(${ids.join('|')})`))
  if (parts.length === 1) return `'${text.replaceAll("'", "''")}'::${type}`
  const own = (id: string) => `lpad(to_hex(:n * 64 + ${ids.indexOf(id)}), 32, '0')`
  const pieces = parts.filter(Boolean).map(part => (ids.includes(part) ? own(part) : `'${part.replaceAll("'", "''")}'`))
  return `(${pieces.join(' || ')})::${type}`
}
