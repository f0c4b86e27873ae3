import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { startJobs } from '../src/kernel/jobs.ts'
import { grant } from './grant.ts'
import journal from './migrations/meta/_journal.json' with { type: 'json' }

/** One number for all processes that migrate one database: the second waits until the first is done. */
const migrationLock = 0x74616e64

/**
 * Brings the database to this version's schema, under a lock, and leaves everything as it was if a step fails.
 * @param url an address whose role may create tables and the extension btree_gist
 */
export async function migrate(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'tandem-migrate' } })
  try {
    // A role that may not change tables can start where there is nothing to change.
    if (await isMigrated(client)) return
    await client`select pg_advisory_lock(${migrationLock})`
    const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))
    await runMigrations(drizzle(client), { migrationsFolder }).catch(error => {
      if (error?.cause?.code !== '42501' && error?.code !== '42501') throw error
      throw new Error(
        'The tables are of another version, and this role may not change them: run npm run db:migrate as their owner',
        {
          cause: error
        }
      )
    })
  } finally {
    await client.end()
  }
}

/** Whether the database has had every migration of this version. */
async function isMigrated(client: postgres.Sql): Promise<boolean> {
  const [known] = await client`select to_regclass('drizzle.__drizzle_migrations') is not null as there`
  if (!known?.there) return false
  const [row] = await client`select count(*)::int as count from drizzle.__drizzle_migrations`
  return row?.count === journal.entries.length
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { DATABASE_URL: application, MIGRATION_URL: owner = application } = process.env
  if (!owner) {
    console.error('Set DATABASE_URL to the database that is to be migrated, postgres://…')
    process.exitCode = 1
  } else {
    await migrate(owner)
    // The queue keeps tables of its own.
    const jobs = await startJobs(owner, error => console.error(error.message))
    await jobs.stop()
    await grant(owner, application ?? owner)
  }
}
