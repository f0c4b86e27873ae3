import { readFileSync } from 'node:fs'
import postgres from 'postgres'
import t from 'tap'
import { migrate } from '../db/migrate.ts'
import { startJobs } from '../src/kernel/jobs.ts'
import { open } from './support/open.ts'

t.test(
  'the application’s own role sells and settles, and can neither make a table nor change what was written down',
  async t => {
    const { client, databaseUrl, confirmed } = await open(t)
    await confirmed()
    const role = `app_${new URL(databaseUrl).pathname.slice(1)}`
    await client.unsafe(`create role ${role} login password 'of the test'`)
    const sql = readFileSync(new URL('../db/roles.sql', import.meta.url), 'utf8')
    await client.unsafe(sql.replaceAll('tandem_app', role))
    const url = new URL(databaseUrl)
    url.username = role
    url.password = 'of the test'
    const app = postgres(url.href, { max: 1, onnotice: () => {} })
    t.teardown(async () => {
      await app.end()
      await client.unsafe(`drop owned by ${role}; drop role ${role}`)
    })
    await t.resolves(migrate(url.href), 'it starts where nothing is to be made')
    const jobs = await startJobs(url.href, error => t.error(error))
    await jobs.stop()
    t.equal((await app`update bookings set row_version = row_version + 1`).count, 1)
    await t.resolves(
      app`insert into ledger select practice_id, gen_random_uuid(), due_id, payer_id, 'manual', 1, currency, null, at from ledger`
    )
    for (const [what, refused] of [
      ['change the ledger', 'update ledger set amount = 0'],
      ['delete from the ledger', 'delete from ledger'],
      ['empty the ledger', 'truncate ledger'],
      ['change the audit', "update audit set why = ''"],
      ['empty the audit', 'truncate audit'],
      ['make a table', 'create table mine (id int)'],
      ['drop a table', 'drop table feeds'],
      ['change a table', 'alter table feeds add column mine int']
    ] as const)
      await t.rejects(app.unsafe(refused), { code: '42501' }, `may not ${what}`)
    await app`delete from drizzle.__drizzle_migrations`.catch(error => t.match(error, { code: '42501' }))
  }
)

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
