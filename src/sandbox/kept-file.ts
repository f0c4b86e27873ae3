import { mkdir, readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { fullDisk } from './data-dir.ts'
import { writeForGood } from './write-for-good.ts'

/**
 * What a file of the data folder keeps: made the first time, then read, by its owner alone. The caller holds the folder.
 * @param make texts by name; a kept file must have a text under each of these names
 * @throws Error in one sentence: the disk is full, or the file is damaged (which is never overwritten: the keys in it
 *   may be the only ones that open the data)
 */
export async function keptFile<T extends Record<string, string>>(file: string, make: () => T): Promise<T> {
  const made = make()
  const text = await readOr(file)
  if (text !== undefined) return parsed(text, made, file)
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await writeForGood(dirname(file), basename(file), JSON.stringify(made, null, 2))
    return made
  } catch (error) {
    throw (await fullDisk(dirname(file), error)) ?? error
  }
}

function parsed<T extends Record<string, string>>(text: string, like: T, file: string): T {
  try {
    const kept: unknown = JSON.parse(text)
    if (isLike(kept, like)) return kept
  } catch {} // no JSON at all is damaged like any other
  throw new Error(`${file} is damaged. Put back a copy of it, or set DATA_DIR to a new folder.`)
}

function isLike<T extends Record<string, string>>(value: unknown, like: T): value is T {
  if (typeof value !== 'object' || value === null) return false
  const kept = new Map<string, unknown>(Object.entries(value))
  return Object.keys(like).every(name => typeof kept.get(name) === 'string')
}

async function readOr(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
