/** Runs the PostgreSQL for tests and ends it when nobody has used it for a while. Started by `testServer()`. */
import { rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { type Hold, holdDataDir } from '../../src/sandbox/data-dir.ts'
import { type PostgresServer, startPostgres } from '../../src/sandbox/postgres.ts'
import { lives, readPidFile } from '../../src/sandbox/postgres-process.ts'
import type { Guarded } from './postgres.ts'
import { binariesOf } from './postgres-binaries.ts'

const [folder = '', version = '18', seconds = '20'] = process.argv.slice(2)
/** How long the server waits for the next test, in milliseconds. */
const patience = Number(seconds) * 1000
const announcement = join(folder, 'server.json')

const hold = await holdOrLeave()
await dropLeftovers(join(folder, 'data'))
const silent = { info() {}, warn() {}, error: (message: string) => console.error(message) }
const server = await startPostgres({
  dataDir: join(folder, 'data'),
  log: silent,
  binaries: await binariesOf(version),
  settings: {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '300',
    max_wal_size: '256MB',
    // Each database lives for a second, and a connection for some thirty statements: none is worth a vacuum or five plans.
    autovacuum: 'off',
    plan_cache_mode: 'force_generic_plan'
  }
})
await announce(server)
process.send?.('ready')
process.on('SIGTERM', () => end())
await untilDeserted(server.url)
await end()

async function announce({ url }: PostgresServer): Promise<void> {
  const guarded: Guarded = { url, guardian: process.pid }
  await writeFile(`${announcement}.new`, JSON.stringify(guarded), { mode: 0o600 })
  await rename(`${announcement}.new`, announcement)
}

/** One guardian a folder: whoever comes while another has announced its server leaves again. */
async function holdOrLeave(): Promise<Hold> {
  for (const end = performance.now() + patience; ; await pause(20))
    try {
      return await holdDataDir(folder, 'PostgreSQL for tests')
    } catch (error) {
      if (await stat(announcement).catch(() => undefined)) return process.exit(0)
      if (performance.now() > end) throw error
    }
}

/** Data of a run that was killed together with its server: without fsync they are not to be trusted. */
async function dropLeftovers(data: string): Promise<void> {
  const file = await readPidFile(join(data, 'postgres'))
  if (!file || !(await lives(file.pid))) await rm(data, { recursive: true, force: true })
}

/** The announcement goes first: who still read it said hello before, which is seen here, and it comes back. */
async function untilDeserted(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  for (let left = patience; ; left -= 1000) {
    await pause(1000)
    if (await inUse()) left = patience
    if (left > 0) continue
    await rm(announcement)
    if (!(await inUse())) return client.end({ timeout: 1 })
    await announce(server)
    left = patience
  }

  async function inUse(): Promise<boolean> {
    const [row] = await client`
      select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`
    return row !== undefined || Date.now() - (await stat(join(folder, 'hello'))).mtimeMs < patience
  }
}

async function end(): Promise<never> {
  await rm(announcement, { force: true })
  await server.stop()
  await rm(join(folder, 'data'), { recursive: true, force: true })
  await hold.release()
  return process.exit(0)
}
