import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'

/** The pool; `$client` is the driver itself, for statements that are asked so often that they must stay prepared. */
export type Database = PostgresJsDatabase & { $client: postgres.Sql }
export type Transaction = Parameters<Parameters<PostgresJsDatabase['transaction']>[0]>[0]
/** What a store's function takes first: the pool for a lone read, the transaction inside a use case. */
export type Executor = Database | Transaction

export interface Connection {
  db: Database
  /** For statements that Drizzle cannot write: one string of SQL with parameters. */
  client: postgres.Sql
  close(): Promise<void>
}

/**
 * Opens the pool. The session's zone is UTC and its dates ISO, so that every instant reads the same on any server.
 * @param url a `postgres://` address
 * @param most how many connections at most
 */
export function connect(url: string, most = 10): Connection {
  const client = postgres(url, {
    max: most,
    connection: { TimeZone: 'UTC', DateStyle: 'ISO, MDY', application_name: 'tandem' },
    onnotice: () => {}
  })
  return { db: drizzle(client), client, close: () => client.end({ timeout: 5 }) }
}

/**
 * The constraint that PostgreSQL says was violated, or undefined. Drizzle wraps the driver's error in `cause`.
 * Match its beginning: on a distributed table the name carries a suffix.
 */
export function constraintOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('constraint_name' in cause && typeof cause.constraint_name === 'string') return cause.constraint_name
  return undefined
}
