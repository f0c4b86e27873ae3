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

/** The same secrets in every test, as the environment names them: a copied database opens with them. */
export const secretTexts = {
  SECRET: 'a secret of the tests, which is long enough',
  ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`
}
export const testSecrets = secretsFrom(secretTexts.SECRET, secretTexts.ENCRYPTION_KEYS)
export const testSettings = {
  publicUrl: 'http://localhost:3000',
  sandbox: true,
  uidDomain: 'tests.invalid',
  outsideLoopback: true,
  limits: usualLimits(true)
}
export const staffPassword = 'correct horse battery'
const templateLock = 0x74657374
/** When the practice of most tests was made. */
const usualBeginning = '2027-01-15T12:00:00Z'

/**
 * A database of its own with the demo practice in it, copied from a template that is made once for each state of the code.
 * @param began when the practice was made: its next retreats lie after that
 */
export async function ownDatabase(began = usualBeginning): Promise<{ url: string; drop(): Promise<void> }> {
  const { url } = await testServer()
  const admin = adminOf(url)
  const template = await theTemplate(admin, url, began)
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  await admin.unsafe(`create database ${name} template ${template} strategy file_copy`)
  return {
    url: at(url, name),
    async drop() {
      await adminOf(url).unsafe(`drop database if exists ${name} with (force)`)
    }
  }
}

const admins = new Map<string, postgres.Sql>()

/** One for the process: who drops a database and makes the next one does not come twice. It leaves when it is idle. */
function adminOf(url: string): postgres.Sql {
  const admin = admins.get(url) ?? postgres(url, { max: 1, idle_timeout: 0.2, onnotice: () => {} })
  admins.set(url, admin)
  return admin
}

/** Templates that this process has seen, by server. */
const seen = new Map<string, string>()

async function theTemplate(admin: postgres.Sql, url: string, began: string): Promise<string> {
  const known = seen.get(`${url} ${began}`)
  if (known) return known
  const name = `template_${fingerprint(began)}`
  await makeTemplate(admin, url, began, name)
  seen.set(`${url} ${began}`, name)
  return name
}

/** By one process; others that come meanwhile wait until it is there. */
async function makeTemplate(pool: postgres.Sql, url: string, began: string, name: string): Promise<void> {
  const admin = await pool.reserve()
  await admin`select pg_advisory_lock(${templateLock})`
  try {
    const [known] = await admin`select 1 from pg_database where datname = ${name}`
    if (known) return
    const unfinished = `${name}_unfinished`
    await admin.unsafe(`drop database if exists ${unfinished}`)
    await admin.unsafe(`create database ${unfinished}`)
    await fill(at(url, unfinished), began)
    await admin.unsafe(`alter database ${unfinished} rename to ${name}`)
  } finally {
    await admin`select pg_advisory_unlock(${templateLock})`
    admin.release()
  }
}

/** Makes the tables and the demo practice. */
export async function fill(url: string, began = usualBeginning): Promise<void> {
  await migrate(url)
  const { db, close } = connect(url, 2)
  const jobs = await startJobs(url, error => console.error(error), { supervise: false })
  const deps = {
    db,
    jobs,
    now: ownClock(began).now,
    secrets: testSecrets,
    settings: testSettings,
    log: silentLog
  }
  await seedDemo(deps, staffPassword)
  await jobs.stop()
  await close()
}

/** Changes with whatever the template is made from. */
function fingerprint(began: string): string {
  const hash = createHash('sha256').update(began)
  const folder = fileURLToPath(new URL('../../db', import.meta.url))
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (/\.(ts|sql)$/.test(name)) hash.update(name).update(readFileSync(`${folder}/${name}`))
  for (const file of ['package-lock.json', 'src/kernel/jobs.ts'])
    hash.update(readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url))))
  return hash.digest('hex').slice(0, 16)
}

function at(url: string, database: string): string {
  const address = new URL(url)
  address.pathname = `/${database}`
  return address.toString()
}
