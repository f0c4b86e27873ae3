import {
  closeSync,
  existsSync,
  fdatasync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  write,
  writeSync
} from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { apply, Changes, emptyState, type State, snapshot } from './stripe-state.ts'

export interface StripeStore {
  readonly state: State
  /** Makes the changes at once; resolves when they are on the disk for good. */
  commit(changes: Changes): Promise<void>
  /** Resolves when all that can be read now is on the disk for good. */
  settled(): Promise<void>
  close(): Promise<void>
}

const append = promisify(write)
const sync = promisify(fdatasync)

/**
 * The simulator's memory, and its journal where there is a folder: one line of JSON for all that became true together.
 * What a killed process had not finished writing was answered to nobody, and is dropped.
 */
export function openStripeStore(dataDir: string | undefined): StripeStore {
  const state = emptyState()
  if (dataDir === undefined) {
    const done = Promise.resolve()
    return { state, commit: async changes => apply(state, changes), settled: () => done, close: () => done }
  }
  const file = join(dataDir, 'stripe', 'journal.jsonl')
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  read(file, state)
  compact(file, state)
  const journal = openSync(file, 'a', 0o600)
  let waiting: string[] = []
  let writing = Promise.resolve()

  /** Lines that came while the last were being written go together. */
  const flush = async () => {
    const lines = waiting
    waiting = []
    if (lines.length === 0) return
    const bytes = Buffer.from(lines.join(''))
    for (let at = 0; at < bytes.length; ) at += (await append(journal, bytes, at)).bytesWritten
    await sync(journal)
  }
  const settled = () => {
    // After a failure (a full disk) nothing more is promised: every later answer fails with it.
    writing = writing.then(flush)
    writing.catch(() => undefined)
    return writing
  }
  return {
    state,
    settled,
    commit(changes) {
      apply(state, changes)
      waiting.push(`${JSON.stringify(changes)}\n`)
      return settled()
    },
    async close() {
      await settled().finally(() => closeSync(journal))
    }
  }
}

function read(file: string, state: State): void {
  if (!existsSync(file)) return
  // The last piece is empty, or a line whose end was never written.
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  for (const [index, line] of lines.entries()) {
    try {
      apply(state, Changes.parse(JSON.parse(line)))
    } catch (error) {
      throw new Error(`Line ${index + 1} of ${file} is damaged: move the file away to start without it`, {
        cause: error
      })
    }
  }
}

/** A fresh file first, then its name, then the folder's entry: a power cut leaves the old one or the new one. */
function compact(file: string, state: State): void {
  const part = `${file}.part`
  const fresh = openSync(part, 'w', 0o600)
  const bytes = Buffer.from(`${JSON.stringify(snapshot(state))}\n`)
  for (let at = 0; at < bytes.length; ) at += writeSync(fresh, bytes, at)
  fsyncSync(fresh)
  closeSync(fresh)
  renameSync(part, file)
  const folder = openSync(dirname(file), 'r')
  fsyncSync(folder)
  closeSync(folder)
}
