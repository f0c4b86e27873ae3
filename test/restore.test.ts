import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'
import t, { type Test } from 'tap'
import { buildApp } from '../src/app.ts'
import { confirmCopy, settleIn } from '../src/installation.ts'
import { heldBack } from '../src/payments/held-back.ts'
import { open, someone } from './support/open.ts'

const run = promisify(execFile)

const major = (text: string) => Number(/\d+/.exec(text)?.[0] ?? 0)
const ours = major((await run('pg_dump', ['--version']).catch(() => ({ stdout: '' }))).stdout)
/** pg_dump reads no server that is newer than itself. */
const skip =
  ours < major(process.env.TEST_POSTGRES ?? '18') && `pg_dump on the PATH is of ${ours}: .ci/run does it with 15`

t.test(
  'a backup that is restored elsewhere keeps everything, and sends and charges nothing until it is confirmed',
  { skip },
  async t => {
    const house = await open(t)
    const { client, book, confirmed, request, deps, databaseUrl } = house
    t.equal(await settleIn(deps), true, 'the installation')

    // A mail sent, a mail that waits, an open Checkout, and money that is to go back.
    const kept = await confirmed()
    const cancelled = await confirmed({
      start: '2027-02-10T15:00:00Z',
      person: { ...someone, email: 'sam@example.com' }
    })
    t.equal(
      (await request('POST', `/api/bookings/${cancelled.id}/cancellation`, undefined, cancelled.token)).statusCode,
      200
    )
    const held = (
      await book({ start: '2027-02-11T15:00:00Z', person: { ...someone, email: 'kim@example.com' } })
    ).json()
    const before = await counts(client)

    const copyUrl = await copyOf(t, databaseUrl)
    const copy = await open(t, { as: async () => copyUrl })
    t.same(await counts(copy.client), before, 'every row of every table')
    t.match(
      await copy.client`select sum(amount)::int as sum from ledger`,
      await client`select sum(amount)::int as sum from ledger`
    )

    t.equal(await settleIn(copy.deps), false, 'it knows that it is a copy')
    const served = await buildApp(
      { ...copy.deps, gateway: heldBack(copy.gateway) },
      { checkoutOrigin: 'https://pay.invalid' }
    )
    t.teardown(() => served.close())
    const headers = { host: 'localhost:3000' }
    t.match((await served.inject({ url: '/readyz', headers })).json(), { ready: false, original: false })
    const of = (token: string) => ({ ...headers, authorization: `Bearer ${token}` })
    const read = await served.inject({ url: `/api/bookings/${kept.id}`, headers: of(kept.token) })
    t.equal(read.statusCode, 200, read.body)
    t.match(read.json(), { id: kept.id, state: 'confirmed' }, 'what was sealed opens, and tokens work')
    const pay = await served.inject({
      method: 'POST',
      url: `/api/bookings/${held.id}/payment`,
      headers: of(held.token)
    })
    t.match(pay.json(), { status: 503, type: '/problems/payments-unreachable' }, 'nobody is sent to pay')
    t.equal(copy.mails.length + copy.gateway.refunds.size + copy.gateway.checkouts.size, 0)

    await confirmCopy(copy.deps)
    t.equal(await settleIn(copy.deps), true)
    await copy.minute()
    t.equal(copy.gateway.refunds.size, 1, 'what was to go back goes back once')
    t.ok(
      copy.mails.some(({ to }) => to === 'sam@example.com'),
      'the mail that waited is sent'
    )
    t.notOk(
      copy.mails.some(({ to }) => to === someone.email),
      'the one that was sent is not sent again'
    )
  }
)

/** How many rows every table has. */
async function counts(client: postgres.Sql): Promise<Record<string, number>> {
  const tables = await client<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'drizzle')`
  const found: Record<string, number> = {}
  for (const { name } of tables)
    found[name] =
      (await client.unsafe<{ count: number }[]>(`select count(*)::int as count from ${name}`))[0]?.count ?? 0
  return found
}

/** As docs/operate.md says: pg_dump in its custom format, and pg_restore into a new database. */
async function copyOf(t: Test, url: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-backup-'))
  const file = join(folder, 'tandem.dump')
  const copy = new URL(url)
  copy.pathname = `${copy.pathname}_copy`
  const admin = postgres(url, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${copy.pathname.slice(1)}`)
  await admin.end()
  await run('pg_dump', ['--format=custom', `--file=${file}`, url])
  await run('pg_restore', ['--no-owner', '--no-privileges', '--exit-on-error', `--dbname=${copy.href}`, file])
  t.teardown(async () => {
    await rm(folder, { recursive: true })
    const server = new URL(url)
    server.pathname = '/postgres'
    const admin = postgres(server.href, { max: 1, onnotice: () => {} })
    await admin.unsafe(`drop database ${copy.pathname.slice(1)} with (force)`)
    await admin.end()
  })
  return copy.href
}
