import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import t, { type Test } from 'tap'
import { migrate } from '../db/migrate.ts'
import { confirmCopy, readiness, settleIn } from '../src/installation.ts'
import { connect } from '../src/kernel/database.ts'
import { type PostgresServer, startPostgres } from '../src/sandbox/postgres.ts'
import { ownClock } from './support/clock.ts'
import { testSecrets, testSettings } from './support/database.ts'
import { silentLog } from './support/log.ts'
import { binariesOf } from './support/postgres-binaries.ts'

/** The installation on a cluster of its own, which has been stopped. @returns starts a copy of its disk */
async function installation(t: Test) {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-copies-'))
  const binaries = await binariesOf(process.env.TEST_POSTGRES ?? '18')
  const running = new Set<PostgresServer>()
  t.teardown(async () => {
    await Promise.all([...running].map(server => server.stop()))
    await rm(folder, { recursive: true })
  })
  const start = async (name: string, follows = false) => {
    // An archive that holds nothing more: recovery goes to the end of the log that was copied. Nobody is let in before.
    const settings = { fsync: 'off', restore_command: '/bin/false', hot_standby: follows ? 'on' : 'off' }
    const server = await startPostgres({ dataDir: join(folder, name), log: silentLog, binaries, settings })
    running.add(server)
    return server
  }
  const original = await start('original')
  await migrate(original.url)
  t.equal(await as(original.url, settleIn), true, 'the installation')
  await original.stop()
  running.delete(original)
  return async (name: string, signal?: 'recovery.signal' | 'standby.signal') => {
    await cp(join(folder, 'original'), join(folder, name), { recursive: true })
    if (signal) await writeFile(join(folder, name, 'postgres', signal), '')
    return (await start(name, signal === 'standby.signal')).url
  }
}

const at = (publicUrl: string) => ({ ...testSettings, sandbox: false, publicUrl })
const home = at('https://book.example.com')

async function as<T>(url: string, ask: (deps: Parameters<typeof settleIn>[0]) => Promise<T>, settings = home) {
  const { db, close } = connect(url, 1)
  return ask({ db, now: ownClock('2027-02-01T12:00:00Z').now, secrets: testSecrets, settings }).finally(close)
}

t.test('a cluster recovered from an archive, and a promoted standby, are copies until they are confirmed', async t => {
  const copy = await installation(t)
  const recovered = await copy('recovered', 'recovery.signal')
  t.equal(await as(recovered, settleIn), false)
  t.match(await as(recovered, readiness), { original: false, keys: true })
  await as(recovered, confirmCopy)
  t.equal(await as(recovered, settleIn), true)

  const standby = await copy('standby', 'standby.signal')
  const admin = postgres(standby, { max: 1 })
  t.match(await admin`select pg_is_in_recovery() as follows`, [{ follows: true }])
  await admin`select pg_promote()`
  await admin.end()
  t.equal(await as(standby, settleIn), false, 'in the first moment after it was promoted')
  await as(standby, confirmCopy)
  t.equal(await as(standby, settleIn), true)

  // What nothing in a database can tell: docs/operate.md says to give it another address.
  const disk = await copy('disk')
  t.equal(await as(disk, settleIn, at('https://rehearsal.example.com')), false, 'a copied disk at another address')
  t.equal(await as(disk, settleIn), true, 'a copied disk at the same address')
})
