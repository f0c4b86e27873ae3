import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as immediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import t, { type Test } from 'tap'
import { holdDataDir } from '../../src/sandbox/data-dir.ts'
import { startPostgres } from '../../src/sandbox/postgres.ts'
import { ask as knock } from '../../src/sandbox/postgres-ask.ts'
import { lives, readPidFile } from '../../src/sandbox/postgres-process.ts'
import { embeddedBinaries } from '../../src/sandbox/postgres-program.ts'
import { needsRoot, smallDisk, withoutNamespaces } from '../support/namespace.ts'

const app = fileURLToPath(new URL('../support/postgres-app.ts', import.meta.url))

t.jobs = 3 // they mostly wait

/** Of our own environment only what finds programs. */
const env = { PATH: process.env.PATH }

t.test('the server keeps what is written, in UTF-8, for this machine alone and by password only', async t => {
  const { dataDir, start, ask } = await place(t)
  const { url, version } = await start()
  t.match(version, /^18\./)
  const [row] = await ask(url)`select current_setting('fsync') as fsync, current_setting('listen_addresses') as listen,
    current_setting('server_encoding') as encoding, current_setting('password_encryption') as password,
    current_setting('shared_buffers') as buffers, current_setting('TimeZone') as zone, upper('ß é') as upper`
  t.match(row, { fsync: 'on', listen: '127.0.0.1', encoding: 'UTF8', password: 'scram-sha-256', buffers: '64MB' })
  t.equal(row?.upper, 'ß É', 'letters beyond ASCII have their capitals')
  await ask(url)`create extension btree_gist`
  const wrong = url.replace(/:[0-9a-f]{48}@/, ':wrong@')
  await t.rejects(ask(wrong)`select 1`, { code: '28P01' })
  t.equal((await stat(join(dataDir, 'postgres.password'))).mode & 0o777, 0o600)
})

t.test('stopping leaves nothing running, and the next start has the same address and the same rows', async t => {
  const { start, ask, pid } = await place(t)
  const first = await start()
  await ask(first.url)`create table kept as select 1 as n`
  const before = await pid()
  await first.stop()
  t.notOk(await lives(before))
  const second = await start()
  t.equal(second.url, first.url)
  t.match(await ask(second.url)`select n from kept`, [{ n: 1 }])
})

t.test('a port that was taken meanwhile is replaced by another', async t => {
  const { start, ask } = await place(t)
  const first = await start()
  await first.stop()
  const thief = createServer().listen(Number(new URL(first.url).port), '127.0.0.1')
  await once(thief, 'listening')
  t.teardown(() => thief.close())
  const second = await start()
  t.not(second.url, first.url)
  t.match(await ask(second.url)`select 1 as n`, [{ n: 1 }])
})

t.test('after a SIGKILL of the application its server is used on', async t => {
  const { dataDir, start, ask, pid, logged } = await place(t)
  const child = spawn(process.execPath, [app, dataDir], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const { url } = await answerOf(child)
  await ask(url)`create table kept as select 1 as n`
  const before = await pid()
  child.kill('SIGKILL')
  await once(child, 'exit')
  t.ok(await lives(before), 'the server lives on')
  const again = await start()
  t.equal(again.url, url)
  t.equal(await pid(), before)
  t.match(logged(), /was still running/)
  t.match(await ask(again.url)`select n from kept`, [{ n: 1 }])
  await again.stop()
  t.notOk(await lives(before), 'and it is stopped like one of our own')
})

t.test('after a SIGKILL of the server it comes back at the same address, and nothing committed is lost', async t => {
  const { start, ask, pid } = await place(t)
  const { url } = await start()
  await ask(url)`create table kept as select 1 as n`
  const before = await pid()
  process.kill(before, 'SIGKILL')
  while ((await pid()) === before || typeof (await knock(url)) !== 'object') await immediate()
  t.match(await ask(url)`select n from kept`, [{ n: 1 }])
})

t.test('after a SIGKILL of both the next start recovers', async t => {
  const { dataDir, start, ask, pid } = await place(t)
  const child = spawn(process.execPath, [app, dataDir], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const { url } = await answerOf(child)
  await ask(url)`create table kept as select 1 as n`
  child.kill('SIGKILL')
  await once(child, 'exit')
  process.kill(await pid(), 'SIGKILL')
  const again = await start()
  t.match(await ask(again.url)`select n from kept`, [{ n: 1 }])
})

t.test('a pid file whose number now belongs to another program does not stand in the way', async t => {
  const { data, start, ask, pid, logged } = await place(t)
  const first = await start()
  const old = await readFile(join(data, 'postmaster.pid'), 'utf8')
  const before = await pid()
  await first.stop()
  const stranger = spawn('sleep', ['60'])
  t.teardown(() => stranger.kill())
  await writeFile(join(data, 'postmaster.pid'), old.replace(String(before), String(stranger.pid)), { mode: 0o600 })
  const again = await start()
  t.match(await ask(again.url)`select 1 as n`, [{ n: 1 }])
  t.match(logged(), /named a process that is not PostgreSQL/)
  t.ok(await lives(Number(stranger.pid)), 'the stranger was left alone')
})

t.test('data of another major version are refused in a sentence, untouched', async t => {
  const { data, start } = await place(t)
  await mkdir(data, { recursive: true })
  await writeFile(join(data, 'PG_VERSION'), '17\n')
  await t.rejects(start(), {
    message: /are of PostgreSQL 17, and this is PostgreSQL 18\. Set DATA_DIR to a new folder/
  })
})

t.test('a first start that was cut short is begun anew', async t => {
  const { dataDir, start } = await place(t)
  await mkdir(join(dataDir, 'postgres.new'), { recursive: true })
  await writeFile(join(dataDir, 'postgres.new', 'PG_VERSION'), '18\n')
  t.match((await start()).version, /^18\./)
})

t.test('a machine without the embedded server is told what to do', async t => {
  await t.rejects(embeddedBinaries('linux-mips'), { message: /Set DATABASE_URL to the address of a PostgreSQL server/ })
})

t.test('a full disk is said in one sentence, at the first start and later', { skip: needsRoot }, async t => {
  const { dataDir, start } = await place(t)
  const unmount = await smallDisk(dataDir, 60) // initdb alone would fit
  if (!unmount) return t.pass('not tried: this machine lets nobody mount a small disk', { skip: true })
  t.teardown(unmount)
  await t.rejects(start(), {
    message: `The disk of ${dataDir} is full: PostgreSQL needs about 100 MB there. Make room and start again.`
  })
  t.same(await readdir(dataDir), [], 'and nothing was begun')

  const other = await place(t)
  const unmountOther = await smallDisk(other.dataDir, 100)
  if (!unmountOther) throw new Error('The second small disk could not be mounted')
  t.teardown(unmountOther)
  await (await other.start()).stop()
  await fill(other.dataDir)
  await t.rejects(other.start(), { message: /^The disk of .* is full: [^.]*\. Make room and start again\.$/ })
  await t.rejects(holdDataDir(other.dataDir, 'the second'), { message: /^The disk of .* is full/ })
  await rm(join(other.dataDir, 'filler'))
  await (await other.start()).stop()
})

t.test('an ordinary user can run it', { skip: needsRoot }, async t => {
  const { dataDir, data } = await place(t)
  await chown(dataDir, 65_534, 65_534)
  for (const start of ['first', 'second']) {
    const child = spawn(process.execPath, [app, dataDir, 'stop'], {
      env,
      uid: 65_534,
      gid: 65_534,
      stdio: ['ignore', 'pipe', 'ignore'] // where tap complains that this user cannot write its records
    })
    t.match(await answerOf(child), { version: /^18\./ }, `${start} start`)
  }
  t.equal((await stat(data)).uid, 65_534)
})

t.test('root can run it where user namespaces are refused, as another user', { skip: needsRoot }, async t => {
  const { dataDir } = await place(t)
  await chmod(dataDir, 0o755)
  for (const start of ['first', 'second'])
    t.match(
      await answerOf(await withoutNamespaces(process.execPath, [app, join(dataDir, 'own'), 'stop'])),
      { version: /^18\./ },
      `${start} start`
    )
  t.not((await stat(join(dataDir, 'own', 'postgres'))).uid, 0)
})

t.test('root is told which folder would do where no other user can reach this one', { skip: needsRoot }, async t => {
  const { dataDir } = await place(t)
  const answer = await answerOf(await withoutNamespaces(process.execPath, [app, join(dataDir, 'own'), 'stop']))
  t.match(answer, { error: /set DATA_DIR to a folder that everybody may enter, such as \/var\/lib\/tandem/ })
})

/** A data folder of its own that only its owner can enter, as root's home, and whatever runs on it, gone after the test. */
async function place(t: Test) {
  const dataDir = await mkdtemp(join(tmpdir(), 'tandem-'))
  const data = join(dataDir, 'postgres')
  const lines: string[] = []
  const write = (line: string) => {
    lines.push(line)
  }
  const servers: { stop(): Promise<void> }[] = []
  const clients: postgres.Sql[] = []
  t.teardown(async () => {
    for (const client of clients) await client.end({ timeout: 1 })
    for (const server of servers) await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  })
  return {
    dataDir,
    data,
    logged: () => lines.join('\n'),
    pid: async () => (await readPidFile(data))?.pid ?? 0,
    async start() {
      const server = await startPostgres({ dataDir, log: { info: write, warn: write, error: write } })
      servers.push(server)
      return server
    },
    ask(url: string) {
      const client = postgres(url, { max: 1, onnotice: () => {} })
      clients.push(client)
      return client
    }
  }
}

/** The line that the application of a test prints. */
async function answerOf(child: ChildProcess): Promise<{ url: string; version?: string; error?: string }> {
  if (!child.stdout) throw new Error('The child has no output')
  const [line] = await once(child.stdout, 'data')
  const answer = JSON.parse(String(line))
  if (!child.spawnargs.includes('stop')) return answer
  if (child.exitCode === null) await once(child, 'exit')
  return answer
}

/** Leaves no block free. */
async function fill(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  await writeFile(join(folder, 'filler'), Buffer.alloc(bavail * bsize))
}
