import postgres from 'postgres'
import { superuser } from './postgres-cluster.ts'

/** What came of a knock: the server itself, one that is still coming up or going down, or nothing of ours. */
export type Answer = { version: string; data: string } | 'busy' | undefined

/** The address of the server's own database. */
export function addressOf(port: number, password: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`
}

/** Asks the server behind an address which version it is and which folder it serves. At most 3 s. */
export async function ask(url: string): Promise<Answer> {
  const client = postgres(url, { max: 1, connect_timeout: 3, onnotice: () => {} })
  try {
    const [row] = await client<{ version: string; data: string }[]>`
      select split_part(current_setting('server_version'), ' ', 1) as version, current_setting('data_directory') as data`
    return row
  } catch (error) {
    const cannotConnectNow = '57P03' // https://www.postgresql.org/docs/18/errcodes-appendix.html
    return error instanceof Error && 'code' in error && error.code === cannotConnectNow ? 'busy' : undefined
  } finally {
    await client.end({ timeout: 0 })
  }
}
