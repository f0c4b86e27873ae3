import { readFileSync } from 'node:fs'

const page = new URL('../../../docs/who-may-read.md', import.meta.url)

/** One row of the matrix: what each reader gets for a request. */
export interface Row {
  route: string
  /** Whose thing the request names. */
  of: string
  cells: ReadonlyMap<string, string>
  line: number
}

export interface Matrix {
  /** Every reader, in the order of the page. */
  readers: string[]
  /** What a word of a cell stands for: `all` is five facts. */
  words: ReadonlyMap<string, readonly string[]>
  rows: Row[]
}

/**
 * Reads docs/who-may-read.md: the table of readers, the table of words, and under each further heading a table whose first
 * columns are the route and whose it is, and whose others are readers or groups of them, each reader once.
 * @throws with the line, where a table cannot be read so
 */
export function readMatrix(text = readFileSync(page, 'utf8')): Matrix {
  const tables = tablesIn(text)
  const [who, groups, words, ...rest] = tables
  if (!who || !groups || !words || rest.length === 0) throw new Error('The page lacks one of its tables')
  const readers = who.rows.map(({ cells: [name = ''] }) => name)
  const members = new Map(groups.rows.map(({ cells: [name = '', all = ''] }) => [name, listed(all)]))
  members.set('everybody', readers)
  const readersOf = (title: string, line: number): string[] =>
    listed(title).flatMap(name => {
      if (readers.includes(name)) return [name]
      const group = members.get(name)
      if (!group) throw new Error(`Line ${line}: there is no reader or group “${name}”`)
      return group.flatMap(member => (member === name ? [] : readersOf(member, line)))
    })
  const rows = rest.flatMap(({ head: [, , ...titles], rows, line }) => {
    const columns = titles.map(title => readersOf(title, line))
    const named = columns.flat()
    const missing = readers.filter(reader => !named.includes(reader))
    const twice = named.filter((reader, index) => named.indexOf(reader) !== index)
    if (missing.length) throw new Error(`Line ${line}: the table says nothing of: ${missing.join(', ')}`)
    if (twice.length) throw new Error(`Line ${line}: the table says twice what these get: ${twice.join(', ')}`)
    return rows.map(({ cells: [route = '', of = '', ...cells], line }): Row => {
      if (cells.length !== columns.length) throw new Error(`Line ${line}: ${cells.length} cells of ${columns.length}`)
      const each = columns.flatMap((names, index) => names.map(name => [name, cells[index] ?? ''] as const))
      return { route, of, line, cells: new Map(each) }
    })
  })
  return { readers, rows, words: new Map(words.rows.map(({ cells: [name = '', all = ''] }) => [name, listed(all)])) }
}

interface Table {
  head: string[]
  rows: { cells: string[]; line: number }[]
  line: number
}

function tablesIn(text: string): Table[] {
  const tables: Table[] = []
  let open: Table | undefined
  for (const [index, line] of text.split('\n').entries()) {
    if (!line.startsWith('|')) open = undefined
    else if (!open) {
      open = { head: cellsOf(line), rows: [], line: index + 1 }
      tables.push(open)
    } else if (!/^\|[\s|:-]+$/.test(line)) open.rows.push({ cells: cellsOf(line), line: index + 1 })
  }
  return tables
}

const cellsOf = (line: string) =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map(cell => cell.trim().replaceAll('`', ''))

const listed = (text: string) =>
  text
    .split(',')
    .map(name => name.trim())
    .filter(Boolean)
