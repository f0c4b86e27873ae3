import journal from '../db/migrations/meta/_journal.json' with { type: 'json' }
import {
  countMigrations,
  insertSentinels,
  isWritable,
  listSentinels,
  markOf,
  readMark,
  withoutTimeline,
  writeMark
} from './installation-store.ts'
import type { Deps } from './kernel/deps.ts'

type Known = Pick<Deps, 'db' | 'now' | 'settings' | 'secrets'>

/** What an operator asks first. Every part is true when the process can serve. */
export interface Readiness {
  /** The tables are those of this version. */
  migrated: boolean
  /** What is asked for can be written: it is no standby, and not set to read alone. */
  writable: boolean
  /** Every key that ever sealed something here opens it. */
  keys: boolean
  /** It is the installation itself, and not a copy that was restored from its backup. */
  original: boolean
}

/**
 * Before anything is served: a new database is marked as the installation, and a word is sealed with each key. A database
 * that bears the mark of another place is a restored copy: nobody is mailed from it and no card is charged, until
 * `npm run setup -- --confirm-copy` says that it is the installation now.
 * @returns whether it is the installation itself
 */
export async function settleIn(deps: Known): Promise<boolean> {
  const { db, now, secrets, settings } = deps
  await insertSentinels(db, secrets.sentinels())
  const mark = await markOf(db, addressOf(settings))
  const known = await readMark(db)
  const unmarked = known === undefined || known === withoutTimeline(mark)
  if (unmarked) await writeMark(db, mark, now())
  return unmarked || known === mark
}

/** Says that this database is the installation from now on. */
export async function confirmCopy({ db, now, settings }: Known): Promise<void> {
  await writeMark(db, await markOf(db, addressOf(settings)), now())
}

/** @throws where the database does not answer */
export async function readiness({ db, secrets, settings }: Known): Promise<Readiness> {
  const sentinels = await listSentinels(db)
  return {
    writable: await isWritable(db),
    migrated: (await countMigrations(db)) === journal.entries.length,
    keys: sentinels.length > 0 && sentinels.every(({ keyId, sealed }) => secrets.opens(keyId, sealed)),
    original: (await readMark(db)) === (await markOf(db, addressOf(settings)))
  }
}

/** A demonstration may be started on another port; the rest of its mark stays, because one of its services may be real. */
function addressOf({ sandbox, publicUrl }: Known['settings']): string {
  return sandbox ? '' : publicUrl
}
