import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import postgres from 'postgres'
import t, { type Test } from 'tap'
import { grant } from '../db/grant.ts'
import { migrate } from '../db/migrate.ts'
import { readiness, settleIn } from '../src/installation.ts'
import { startJobs } from '../src/kernel/jobs.ts'
import { ownDatabase } from './support/database.ts'
import { open } from './support/open.ts'
import { testServer } from './support/postgres.ts'

/** A role as db/roles.sql makes it for the application. @returns the address that comes as it */
async function asApplication(t: Test, url: string): Promise<string> {
  const application = addressOfRole(t, url)
  await grant(url, application)
  return application
}

/** The address of a role that is not there yet, and that goes with the test. */
function addressOfRole(t: Test, url: string): string {
  const address = new URL(url)
  address.username = `app_${address.pathname.slice(1)}`
  address.password = 'of the test'
  // After the database, and with it what the role was granted there, has gone.
  t.teardown(async () => {
    const server = postgres((await testServer()).url, { max: 1, onnotice: () => {} })
    await server.unsafe(`drop role if exists ${address.username}`)
    await server.end()
  })
  return address.href
}

t.test('the application’s own role books, settles, mails, moves and gives back', async t => {
  const { client, databaseUrl, confirmed, request, minute, mails, gateway, deps } = await open(t, {
    as: url => asApplication(t, url)
  })
  t.match(await client`select current_user as user`, [{ user: `app_${new URL(databaseUrl).pathname.slice(1)}` }])
  t.equal(await settleIn(deps), true)
  t.same(await readiness(deps), { writable: true, migrated: true, keys: true, original: true })
  const { id, token, appointment } = await confirmed()
  const moved = await request('POST', `/api/appointments/${appointment}/move`, { start: '2027-02-10T15:00:00Z' }, token)
  t.equal(moved.statusCode, 200, moved.body)
  const cancelled = await request('POST', `/api/bookings/${id}/cancellation`, undefined, token)
  t.equal(cancelled.statusCode, 200, cancelled.body)
  await minute()
  t.equal(gateway.refunds.size, 1)
  t.ok(mails.length >= 3, 'what was confirmed, moved and cancelled was told')
})

t.test('the application’s own role can neither make a table nor change what was written down', async t => {
  let url = ''
  const { client, confirmed } = await open(t, { as: async database => (url = await asApplication(t, database)) })
  await confirmed()
  const app = postgres(url, { max: 1, onnotice: () => {} })
  t.teardown(() => app.end())
  await t.resolves(migrate(url), 'it starts where nothing is to be made')
  const jobs = await startJobs(url, error => t.error(error))
  await jobs.stop()
  t.ok((await client`select 1 from ledger`).length > 0)
  for (const [what, refused] of [
    ['change the ledger', 'update ledger set amount = 0'],
    ['delete from the ledger', 'delete from ledger'],
    ['empty the ledger', 'truncate ledger'],
    ['change the audit', "update audit set why = ''"],
    ['empty the audit', 'truncate audit'],
    ['make a table', 'create table mine (id int)'],
    ['drop a table', 'drop table feeds'],
    ['change a table', 'alter table feeds add column mine int'],
    ['forget a migration', 'delete from drizzle.__drizzle_migrations']
  ] as const)
    await t.rejects(app.unsafe(refused), { code: '42501' }, `may not ${what}`)
})

t.test('a role that may not make tables says so where there is something to make', async t => {
  const { client, databaseUrl } = await open(t)
  await client`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`
  const role = `late_${new URL(databaseUrl).pathname.slice(1)}`
  await client.unsafe(`create role ${role} login password 'of the test'; grant usage on schema drizzle to ${role};
    grant select on all tables in schema drizzle to ${role}`)
  t.teardown(() => client.unsafe(`drop owned by ${role}; drop role ${role}`))
  const url = new URL(databaseUrl)
  url.username = role
  url.password = 'of the test'
  await t.rejects(migrate(url.href), { message: /npm run db:migrate/ })
})

t.test('who migrates makes the application’s role and gives it what it needs, as often as it is run', async t => {
  const program = fileURLToPath(new URL('../db/migrate.ts', import.meta.url))
  const { url, drop } = await ownDatabase()
  const application = addressOfRole(t, url)
  const role = new URL(application).username
  // Teardowns are done last first: the role goes when nothing is granted to it any more.
  t.teardown(drop)
  const migrated = (environment: Record<string, string>) =>
    promisify(execFile)(process.execPath, [program], { env: { PATH: process.env.PATH, ...environment } })
  const admin = postgres(url, { max: 1, onnotice: () => {} })
  t.teardown(() => admin.end())
  const roles = () =>
    admin`select rolsuper, rolcreaterole, rolcreatedb, rolcanlogin from pg_roles where rolname = ${role}`

  await migrated({ DATABASE_URL: url })
  t.same(await roles(), [], 'the owner alone')
  for (const time of ['made', 'there']) {
    await migrated({ MIGRATION_URL: url, DATABASE_URL: application })
    t.match(await roles(), [{ rolsuper: false, rolcreaterole: false, rolcreatedb: false, rolcanlogin: true }], time)
  }
  const app = postgres(application, { max: 1, onnotice: () => {} })
  t.teardown(() => app.end())
  t.match(await app`select name from practices`, [{ name: 'The Intentional Relationship' }])
  await t.rejects(app`update ledger set amount = 0`, { code: '42501' })
  await admin`create table of_a_later_version (id int)`
  await t.rejects(app`select 1 from of_a_later_version`, { code: '42501' })
  await migrated({ MIGRATION_URL: url, DATABASE_URL: application })
  t.same(await app`select 1 from of_a_later_version`, [])
})
