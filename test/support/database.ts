import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { migrate } from '../../db/migrate.ts'
import { seedDemo } from '../../db/seed.ts'
import { connect } from '../../src/kernel/database.ts'
import { startJobs } from '../../src/kernel/jobs.ts'
import { usualLimits } from '../../src/kernel/limits.ts'
import { secretsFrom } from '../../src/kernel/secrets.ts'
import { ownClock } from './clock.ts'
import { silentLog } from './log.ts'
import { testServer } from './postgres.ts'

/** The same secrets in every test: a copied database opens with them. */
export const testSecrets = secretsFrom(
  'a secret of the tests, which is long enough',
  `test:${Buffer.alloc(32, 7).toString('base64')}`
)
export const testSettings = {
  publicUrl: 'http://localhost:3000',
  sandbox: true,
  uidDomain: 'tests.invalid',
  outsideLoopback: true,
  limits: usualLimits(true)
}
export const staffPassword = 'correct horse battery'
const templateLock = 0x74657374

/** A database of its own with the demo practice in it, copied from a template that is made once for each state of the code. */
export async function ownDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const { url } = await testServer()
  const admin = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const template = await theTemplate(admin, url)
    const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
    await admin.unsafe(`create database ${name} template ${template} strategy file_copy`)
    return { url: at(url, name), drop: () => dropDatabase(url, name) }
  } finally {
    await admin.end()
  }
}

async function theTemplate(admin: postgres.Sql, url: string): Promise<string> {
  const name = `template_${fingerprint()}`
  await admin`select pg_advisory_lock(${templateLock})`
  try {
    const [known] = await admin`select 1 from pg_database where datname = ${name}`
    if (known) return name
    const unfinished = `${name}_unfinished`
    await admin.unsafe(`drop database if exists ${unfinished}`)
    await admin.unsafe(`create database ${unfinished}`)
    await fill(at(url, unfinished))
    await admin.unsafe(`alter database ${unfinished} rename to ${name}`)
    return name
  } finally {
    await admin`select pg_advisory_unlock(${templateLock})`
  }
}

/** Makes the tables and the demo practice. */
export async function fill(url: string): Promise<void> {
  await migrate(url)
  const { db, close } = connect(url, 2)
  const jobs = await startJobs(url, error => console.error(error), { supervise: false })
  const deps = {
    db,
    jobs,
    now: ownClock('2027-01-15T12:00:00Z').now,
    secrets: testSecrets,
    settings: testSettings,
    log: silentLog
  }
  await seedDemo(deps, staffPassword)
  await jobs.stop()
  await close()
}

/** Changes with whatever the template is made from. */
function fingerprint(): string {
  const hash = createHash('sha256')
  const folder = fileURLToPath(new URL('../../db', import.meta.url))
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (/\.(ts|sql)$/.test(name)) hash.update(name).update(readFileSync(`${folder}/${name}`))
  for (const file of ['package-lock.json', 'src/kernel/jobs.ts'])
    hash.update(readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url))))
  return hash.digest('hex').slice(0, 16)
}

async function dropDatabase(url: string, name: string): Promise<void> {
  const admin = postgres(url, { max: 1, onnotice: () => {} })
  await admin.unsafe(`drop database if exists ${name} with (force)`)
  await admin.end()
}

function at(url: string, database: string): string {
  const address = new URL(url)
  address.pathname = `/${database}`
  return address.toString()
}
