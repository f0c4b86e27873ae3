import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'

const tests = new URL('../', import.meta.url)

/** A batch's files: of some folders all that no batch has by their names, or those; where they are many, every so-many-th. */
interface Batch {
  folders: readonly string[]
  only?: RegExp
  part?: readonly [part: number, of: number]
}

/** What two want at once, and what came late or twice: asked of each version of PostgreSQL. */
const races = /race|settle|late-answers|idempotency/
/** What is one long story, and alike on every server. */
const long = /model|oracles|lost-answers/
/** The walk over every page, which begins first. */
const pages = /browser\/pages/

/**
 * What runs in one process each, by the name of its file in `test/batches` or, for real browsers, in `browser` there. A file
 * that starts by itself loads the application anew, which takes longer than most of what is asked of it.
 */
export const batches: Readonly<Record<string, Batch>> = {
  availability: { folders: ['availability'] },
  'bookings-1': { folders: ['bookings'], part: [1, 5] },
  'bookings-2': { folders: ['bookings'], part: [2, 5] },
  'bookings-3': { folders: ['bookings'], part: [3, 5] },
  'bookings-4': { folders: ['bookings'], part: [4, 5] },
  'bookings-5': { folders: ['bookings'], part: [5, 5] },
  'bookings-long': { folders: ['bookings'], only: long },
  'bookings-races-1': { folders: ['bookings'], only: races, part: [1, 2] },
  'bookings-races-2': { folders: ['bookings'], only: races, part: [2, 2] },
  calendars: { folders: ['calendars'] },
  clients: { folders: ['clients'] },
  identity: { folders: ['identity', 'kernel'] },
  notices: { folders: ['notices'] },
  records: { folders: ['catalog', 'payments', 'records'] },
  'browser-pages': { folders: ['browser'], only: pages },
  'browser-rest-1': { folders: ['browser'], part: [1, 4] },
  'browser-rest-2': { folders: ['browser'], part: [2, 4] },
  'browser-rest-3': { folders: ['browser'], part: [3, 4] },
  'browser-rest-4': { folders: ['browser'], part: [4, 4] },
  'web-1': { folders: ['web'], part: [1, 3] },
  'web-2': { folders: ['web'], part: [2, 3] },
  'web-3': { folders: ['web'], part: [3, 3] }
}

/**
 * What has a process of its own: what weighs answers against each other by time, so that nothing else has left anything
 * behind there.
 */
const alone = /oracle-times|no-oracle/

let running: Test | undefined

/** Runs the test files of a batch one after the other, each as a test of its own. */
export async function runBatch(name: string): Promise<void> {
  for (const file of filesOf(name)) {
    // Counted anew from each file on.
    t.setTimeout(600_000)
    await t.test(`test/${file}`, async t => {
      running = t
      await import(new URL(file, tests).href)
    })
  }
}

/** The files of a batch, by their paths in `test`, in order. */
export function filesOf(name: string): string[] {
  const batch = batches[name]
  if (!batch) throw new Error(`There is no batch ${name}: test/support/batch.ts names them`)
  const { folders, only, part = [1, 1] } = batch
  const elsewhere = Object.values(batches).flatMap(one =>
    one.only && one.folders.some(of => folders.includes(of)) ? [one.only] : []
  )
  return folders
    .flatMap(testsIn)
    .filter(file => !alone.test(file))
    .filter(file => (only ? only.test(file) : !elsewhere.some(names => names.test(file))))
    .filter((_, index) => index % part[1] === part[0] - 1)
}

/** The test that the file which is being loaded writes its own into. */
export function runningTest(): Test {
  if (!running) throw new Error('No file of a batch is being loaded')
  return running
}

function testsIn(folder: string): string[] {
  return readdirSync(fileURLToPath(new URL(folder, tests)), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.test\.tsx?$/.test(name))
    .map(name => `${folder}/${name}`)
    .sort()
}
