import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

/** One number for all processes that migrate one database: the second waits until the first is done. */
const migrationLock = 0x74616e64

/**
 * Brings the database to this version's schema, under a lock, and leaves everything as it was if a step fails.
 * @param url an address whose role may create tables and the extension btree_gist
 */
export async function migrate(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'tandem-migrate' } })
  try {
    await client`select pg_advisory_lock(${migrationLock})`
    await runMigrations(drizzle(client), { migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)) })
  } finally {
    await client.end()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const url = process.env.DATABASE_URL
  if (!url) {
    console.error('Set DATABASE_URL to the database that is to be migrated, postgres://…')
    process.exitCode = 1
  } else await migrate(url)
}
