/**
 * Bookings a second: hold and settle, by eight customers at once against a card gateway that answers at once, beside
 * pgbench writing the same rows on the same server in two transactions, in turns: ours takes a third for Stripe's answer. Exits with 1 below the bar.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { startPostgres } from '../src/sandbox/postgres.ts'
import { ownClock } from '../test/support/clock.ts'
import { fill, testSecrets, testSettings } from '../test/support/database.ts'
import { ownGateway } from '../test/support/gateway.ts'
import { silentLog } from '../test/support/log.ts'
import { built } from './built.ts'
import { pgbenchPath } from './pgbench.ts'
import { scriptOf, snapshot, tables } from './same-rows.ts'

const bar = 0.5
const [customers, seconds, turns] = [8, 6, 3]
const folder = await mkdtemp(join(tmpdir(), 'tandem-bench-'))
const server = await startPostgres({ dataDir: folder, log: silentLog })
await fill(server.url)
const therapists = 12
// pgbench writes to a copy: its bookings stay unpaid for good, and whoever counts holds would count all of them.
const copy = new URL(server.url)
copy.pathname = '/copy'
await prepare()
const { app: application, database, jobs } = await built()
const { now } = ownClock()
const { db, client, close } = database.connect(server.url, 10)
const queue = await jobs.startJobs(server.url, error => console.error(error), { migrate: false, supervise: false })
const gateway = ownGateway(now)
const mailer = { address: 'office@example.com', send: async () => {}, close() {} }
const many = { bookings: 1_000_000, quotes: 1_000_000, windows: 1_000_000, heldShare: 100 }
const settings = { ...testSettings, limits: { ...testSettings.limits, ...many } }
const deps = { db, now, secrets: testSecrets, jobs: queue, settings, log: silentLog, gateway, mailer }
const app = await application.buildApp(deps, { checkoutOrigin: 'https://pay.invalid' })

const starts = await freeStarts()
let next = 0

/** One booking, held through the API and settled as the return page does it. */
async function book(between?: () => Promise<void>): Promise<void> {
  const one = starts[next]
  next += 1
  if (!one) throw new Error('There are no more free times: raise the number of therapists')
  const person = { name: 'A Customer', email: `customer-${next}@example.com`, zone: 'America/New_York' }
  const payload = { sessionType: 'individual', ...one, place: 'video', person, consent: { termsVersion: 1 } }
  const headers = { host: 'localhost:3000' }
  const answer = await app.inject({ method: 'POST', url: '/api/bookings', headers, payload })
  if (answer.statusCode !== 201) throw new Error(answer.body)
  await between?.()
  const checkout = answer.json().payment.url.split('/').at(-1)
  gateway.pay(checkout)
  const back = await app.inject({ url: `/x/${checkout.slice(3)}`, headers })
  if (back.statusCode !== 303) throw new Error(`${back.statusCode} ${back.body}`)
}

for (let count = 0; count < 400; count += 1) await book()
const all = await tables(client)
const before = await snapshot(client, all)
let held = before
await book(async () => {
  held = await snapshot(client, all)
})
const steps = scriptOf(all, [before, held, await snapshot(client, all)])
const transactions = (kinds: ('inserts' | 'updates')[]) =>
  ['\\set n :client_id * 1000000 + :turn * 100000 + :step', '\\set step :step + 1']
    .concat(steps.flatMap(step => ['begin;', ...kinds.flatMap(kind => step[kind]), 'commit;']))
    .join('\n')
const scripts = { inserts: join(folder, 'inserts.sql'), writes: join(folder, 'writes.sql') }
await writeFile(scripts.inserts, transactions(['inserts']))
await writeFile(scripts.writes, transactions(['inserts', 'updates']))

const rates: Record<'ours' | 'inserts' | 'writes', number[]> = { ours: [], inserts: [], writes: [] }
for (let turn = 0; turn < turns; turn += 1) {
  await tidy()
  rates.ours.push(await ours())
  rates.inserts.push(await pgbench(scripts.inserts, 2 * turn + 1))
  rates.writes.push(await pgbench(scripts.writes, 2 * turn + 2))
}
const [own, inserts, writes] = [median(rates.ours), median(rates.inserts), median(rates.writes)]
const count = (kind: 'inserts' | 'updates') => steps.reduce((sum, step) => sum + step[kind].length, 0)
console.log(`a booking: ${count('inserts')} rows inserted, ${count('updates')} changed; ${customers} at once, fsync on`)
console.log(`hold and settle: ${own.toFixed(0)} a second`)
console.log(
  `pgbench, the same inserts: ${inserts.toFixed(0)} a second · ratio ${(own / inserts).toFixed(2)} (bar ${bar})`
)
console.log(`pgbench, inserts and updates: ${writes.toFixed(0)} a second · ratio ${(own / writes).toFixed(2)}`)

await app.close()
await queue.stop()
await close()
await server.stop()
await rm(folder, { recursive: true })
process.exitCode = own / inserts < bar ? 1 : 0

async function ours(): Promise<number> {
  const began = performance.now()
  let done = 0
  const customer = async () => {
    for (; performance.now() - began < seconds * 1000; done += 1) await book()
  }
  await Promise.all(Array.from({ length: customers }, customer))
  return done / ((performance.now() - began) / 1000)
}

async function pgbench(script: string, turn: number): Promise<number> {
  const address = copy
  const { stdout } = await promisify(execFile)(
    await pgbenchPath(),
    [
      ...['--no-vacuum', '--protocol=prepared', `--client=${customers}`, '--jobs=1', `--time=${seconds}`],
      ...[`--file=${script}`, '--define=step=0', `--define=turn=${turn}`, '-h', address.hostname, '-p', address.port],
      ...['-U', address.username, address.pathname.slice(1)]
    ],
    { env: { PGPASSWORD: address.password } }
  )
  const rate = /^tps = ([\d.]+)/m.exec(stdout)?.[1]
  if (!rate || !/number of failed transactions: 0 /.test(stdout)) throw new Error(stdout)
  return Number(rate)
}

/** What autovacuum does each minute: in months of a practice, or here once a turn. Plans are made for what there is. */
async function tidy(): Promise<void> {
  for (const address of [server.url, copy.href]) {
    const client = postgres(address, { max: 1 })
    await client`vacuum analyze`
    await client.end()
  }
}

/** Therapists like the first one, each open around the clock; and a second database that is the same. */
async function prepare(): Promise<void> {
  const name = new URL(server.url).pathname.slice(1)
  const client = postgres(server.url, { max: 1 })
  await client.begin(async tx => {
    await tx`update opening_hours set from_minute = 0, to_minute = 1440, days = array[1,2,3,4,5,6,7], session_types = null,
      place_id = null`
    for (let number = 2; number <= therapists; number += 1) {
      const slug = `jessica-${number}`
      await tx`
        insert into resources select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'slug', ${slug}::text))).*
        from resources r where slug = 'jessica'`
      for (const table of ['offerings', 'opening_hours', 'opening_plans'])
        await tx.unsafe(
          `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object('resource_id', n.id, 'therapist_id', n.id,
            'id', gen_random_uuid()))).* from ${table} t join resources j on j.slug = 'jessica' and j.id = t.resource_id,
            resources n where n.slug = $1`,
          [slug]
        )
    }
  })
  await client.end()
  const admin = postgres(Object.assign(new URL(server.url), { pathname: '/postgres' }).href, { max: 1 })
  await admin.unsafe(`create database copy template ${name}`)
  await admin.end()
}

/** Times that do not touch each other: of each therapist, one every two hours. */
async function freeStarts(): Promise<{ start: string; therapist: string }[]> {
  const found: { start: string; therapist: string }[] = []
  for (let hours = 72; hours < 24 * 55; hours += 2)
    for (let number = 1; number <= therapists; number += 1)
      found.push({
        start: now().plus({ hours }).toISO() ?? '',
        therapist: number === 1 ? 'jessica' : `jessica-${number}`
      })
  return found
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}
