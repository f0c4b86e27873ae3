import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import t, { type Test } from 'tap'
import { lives, readPidFile } from '../../src/sandbox/postgres-process.ts'
import { testServer } from '../support/postgres.ts'

const script = fileURLToPath(new URL('../support/postgres-guardian.ts', import.meta.url))
const version = process.env.TEST_POSTGRES ?? '18'

t.test('test processes that begin together share one server', async t => {
  const urls = await Promise.all(Array.from({ length: 8 }, async () => (await testServer()).url))
  t.equal(new Set(urls).size, 1)
})

t.test(
  'the server is of the version that was asked for',
  { skip: process.env.TEST_DATABASE_URL && 'is given' },
  async t => {
    const { url } = await testServer()
    const client = await connected(t, url)
    const { rows } =
      await client.query(`select current_setting('server_version') as version, current_setting('fsync') as fsync,
    current_setting('max_connections') as most`)
    t.match(rows, [{ version: new RegExp(`^${version}\\.`), fsync: 'off', most: '300' }])
  }
)

t.test('a guardian ends its server once nobody uses it, and leaves nothing', async t => {
  const folder = t.testdir({ hello: '' })
  const guardian = await guard(folder)
  const { url } = JSON.parse(await readFile(join(folder, 'server.json'), 'utf8'))
  const pid = (await readPidFile(join(folder, 'data', 'postgres')))?.pid ?? 0
  const client = await connected(t, url)
  const stillThere = await Promise.race([
    once(guardian, 'exit'),
    client.query("select pg_sleep(2.5), 'served' as said")
  ])
  t.match(stillThere, { rows: [{ said: 'served' }] }, 'as long as somebody is connected it stays')
  const ended = once(guardian, 'exit')
  await client.end()
  t.same(await ended, [0, null])
  t.notOk(await lives(pid))
  t.same(await readdir(folder), ['hello'])
})

t.test('what a killed guardian left is taken over by the next', async t => {
  const folder = t.testdir({ hello: '' })
  const first = await guard(folder)
  const before = await readFile(join(folder, 'server.json'), 'utf8')
  first.kill('SIGKILL')
  await once(first, 'exit')
  await writeFile(join(folder, 'hello'), '')
  const second = await guard(folder)
  const after = await readFile(join(folder, 'server.json'), 'utf8')
  t.equal(JSON.parse(after).url, JSON.parse(before).url)
  t.same(await once(second, 'exit'), [0, null])
})

/** A guardian that waits one second for the next client, once its server answers. */
async function guard(folder: string): Promise<ChildProcess> {
  const guardian = spawn(process.execPath, [script, folder, version, '1'], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc']
  })
  await once(guardian, 'message')
  return guardian
}

async function connected(t: Test, connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  let ended = false
  client.on('end', () => {
    ended = true
  })
  t.teardown(async () => {
    if (!ended) await client.end()
  })
  return client
}
