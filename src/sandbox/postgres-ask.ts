import pg from 'pg'
import { superuser } from './postgres-cluster.ts'

/** What came of a knock: the server itself, one that is still coming up or going down, or nothing of ours. */
export type Answer = { version: string; data: string } | 'busy' | undefined

const question = `select split_part(current_setting('server_version'), ' ', 1) as version,
  current_setting('data_directory') as data`

/** The address of the server's own database. */
export function addressOf(port: number, password: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`
}

/**
 * Asks the server behind an address which version it is and which folder it serves. At most some seconds.
 * One connection and no pool: a pool goes on trying by itself, which is not wanted of a knock.
 */
export async function ask(url: string): Promise<Answer> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000, query_timeout: 3000 })
  client.on('error', () => {}) // a connection that breaks between two steps; the step itself is refused too
  try {
    await client.connect()
    return (await client.query<{ version: string; data: string }>(question)).rows[0]
  } catch (error) {
    const cannotConnectNow = '57P03' // https://www.postgresql.org/docs/18/errcodes-appendix.html
    return error instanceof Error && 'code' in error && error.code === cannotConnectNow ? 'busy' : undefined
  } finally {
    await client.end()
  }
}
