/**
 * Bookings a second: hold and settle, by eight customers at once of two web processes against a card gateway that answers
 * at once, by the use cases and through the whole API, beside pgbench writing the same rows for the same therapists on the
 * same server in two transactions, in turns: ours takes a third for Stripe's answer. Exits with 1 where the use cases are
 * below the bar. THERAPISTS=1 asks what one of them can sell.
 */
import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { startPostgres } from '../src/sandbox/postgres.ts'
import { changeRules } from '../test/support/care.ts'
import { fill } from '../test/support/database.ts'
import { silentLog } from '../test/support/log.ts'
import { openHouse, type Part, type Start, type Turn } from './customers.ts'
import { pgbenchPath } from './pgbench.ts'
import { scriptOf, snapshot, tables } from './same-rows.ts'

const bar = 0.5
const [customers, seconds, turns] = [8, 5, 6]
const processes = Number(process.env.PROCESSES ?? 2)
const folder = await mkdtemp(join(tmpdir(), 'tandem-bench-'))
const server = await startPostgres({ dataDir: folder, log: silentLog })
await fill(server.url)
const therapists = Number(process.env.THERAPISTS ?? 16)
// So many that no run comes to their end, whoever sells them.
const days = Math.ceil((150 * 16) / therapists)
// pgbench writes to a copy: its bookings stay unpaid for good, and whoever counts holds would count all of them.
const copy = new URL(server.url)
copy.pathname = '/copy'
await prepare()
const house = await openHouse(server.url, 'sample')
const { client } = house
const [first, second, ...starts] = freeStarts()
await house.book(first)

const all = await tables(client)
const before = await snapshot(client, all)
let held = before
await house.book(second, async () => {
  held = await snapshot(client, all)
})
const everyone = await client<{ id: string }[]>`select id from resources where kind = 'therapist' order by slug`
const names = everyone.map(({ id }) => id)
const steps = scriptOf(all, [before, held, await snapshot(client, all)], names)
const transactions = (kinds: ('inserts' | 'updates')[]) =>
  ['\\set n :client_id * 1000000 + :turn * 50000 + :step', '\\set step :step + 1']
    .concat(steps.flatMap(step => ['begin;', ...kinds.flatMap(kind => step[kind]), 'commit;']))
    .join('\n')
const scripts = { inserts: join(folder, 'inserts.sql'), writes: join(folder, 'writes.sql') }
await writeFile(scripts.inserts, transactions(['inserts']))
await writeFile(scripts.writes, transactions(['inserts', 'updates']))

const web = await Promise.all(Array.from({ length: processes }, (_, index) => begin(index)))
const rates: Record<'ours' | 'api' | 'inserts' | 'writes', number[]> = { ours: [], api: [], inserts: [], writes: [] }
for (let turn = 0; turn < turns; turn += 1) {
  await tidy()
  rates.ours.push(await ours('book'))
  rates.api.push(await ours('bookByApi'))
  rates.inserts.push(await pgbench(scripts.inserts, 2 * turn + 1))
  rates.writes.push(await pgbench(scripts.writes, 2 * turn + 2))
}
const [own, api, inserts, writes] = [rates.ours, rates.api, rates.inserts, rates.writes].map(median)
if (!own || !api || !inserts || !writes) throw new Error('Nothing was booked')
const count = (kind: 'inserts' | 'updates') => steps.reduce((sum, step) => sum + step[kind].length, 0)
console.log(`a booking: ${count('inserts')} rows inserted, ${count('updates')} changed; ${customers} at once, fsync on`)
console.log(
  `a second, turn by turn: ${Object.entries(rates)
    .map(([who, all]) => `${who} ${all.map(Math.round).join(' ')}`)
    .join(' · ')}`
)
const against = (rate: number) => `${(own / rate).toFixed(2)}, through the API ${(api / rate).toFixed(2)}`
console.log(`hold and settle: ${own.toFixed(0)} a second, through the API ${api.toFixed(0)}`)
console.log(`pgbench, the same inserts: ${inserts.toFixed(0)} a second · ratio ${against(inserts)} (bar ${bar})`)
console.log(`pgbench, inserts and updates: ${writes.toFixed(0)} a second · ratio ${against(writes)}`)

for (const { child } of web) child.disconnect()
await Promise.all(web.map(({ ended }) => ended))
await house.close()
await server.stop()
await rm(folder, { recursive: true })
process.exitCode = own / inserts < bar ? 1 : 0

/** A web process that is ready, with the times of which it may sell each. */
async function begin(index: number) {
  const child = fork(new URL('./customers.ts', import.meta.url), [], { execArgv: ['--max-semi-space-size=32'] })
  const own = starts.filter((_, at) => at % processes === index)
  const part: Part = { url: server.url, name: `customer-${index}`, starts: own, customers: customers / processes }
  child.once('exit', code => {
    if (code) throw new Error('A web process ended')
  })
  child.send(part)
  await once(child, 'message')
  return { child, ended: once(child, 'exit') }
}

async function ours(way: Turn['way']): Promise<number> {
  const each = await Promise.all(
    web.map(async ({ child }) => {
      const turn: Turn = { seconds, way }
      child.send(turn)
      const [rate] = await once(child, 'message')
      return Number(rate)
    })
  )
  return each.reduce((sum, rate) => sum + rate, 0)
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
  await changeRules(client, 'individual', { horizon: days + 1 })
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
    // The demo's own dates are in nobody's way; and each has sold something before.
    await tx`delete from occupancy`
    await tx`insert into calendar_revisions select practice_id, id, 1 from resources on conflict do nothing`
  })
  await client.end()
  const admin = postgres(Object.assign(new URL(server.url), { pathname: '/postgres' }).href, { max: 1 })
  await admin.unsafe(`create database copy template ${name}`)
  await admin.end()
}

/** Times that do not touch each other: of each therapist, one every two hours. */
function freeStarts(): Start[] {
  const found: Start[] = []
  for (let hours = 72; hours < 24 * days; hours += 2)
    for (let number = 1; number <= therapists; number += 1)
      found.push({
        start: house.now().plus({ hours }).toISO() ?? '',
        therapist: number === 1 ? 'jessica' : `jessica-${number}`
      })
  return found
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}
