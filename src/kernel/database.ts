import { drizzle, type PostgresJsDatabase, type PostgresJsSession } from 'drizzle-orm/postgres-js'
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
 * Milliseconds that the server waits for us: where a process freezes or its host is gone, whom it locked out is not kept
 * for ever, and gets a 503 meanwhile. https://www.postgresql.org/docs/current/runtime-config-client.html
 */
const patience = { lock_timeout: 10_000, idle_in_transaction_session_timeout: 30_000, statement_timeout: 30_000 }

/** No statement of ours is long enough to be compiled first, which takes the server longer than most answers. */
const plans = { jit: false }

/**
 * Opens the pool. The session's zone is UTC and its dates ISO, so that every instant reads the same on any server.
 * @param url a `postgres://` address
 * @param most how many connections at most
 */
export function connect(url: string, most = 10): Connection {
  const client = postgres(url, {
    max: most,
    connection: { TimeZone: 'UTC', DateStyle: 'ISO, MDY', application_name: 'tandem', ...patience, ...plans },
    onnotice: () => {},
    backoff
  })
  return { db: drizzle(client), client, close: () => client.end({ timeout: 5 }) }
}

/** The driver's client by which an executor sends: the pool's, or the transaction's. */
export function driverOf(db: Executor): postgres.Sql {
  return (db._.session as PostgresJsSession<postgres.Sql, never, never>).client
}

/**
 * Statements of one transaction that need no answer of each other: sent one behind the other in the order given, and done
 * by the server in that order, without a wait between. All have their answer when it returns, so that none is left to
 * run after the transaction. A statement is a store's function that begins by awaiting its question: all are sent in the next
 * microtask, which is what keeps their order. (Queries of Drizzle's that nobody awaited yet keep theirs among each other;
 * behind store's functions they come last, because they ask only when they are awaited here.)
 * @returns their answers, in the order given
 * @throws what the first that failed was refused for, and not what that made of those behind it
 */
export async function together<Statements extends readonly (PromiseLike<unknown> | undefined)[]>(
  ...statements: Statements
): Promise<Answers<Statements>> {
  const outcomes = await Promise.allSettled(statements)
  const failures = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason] : []))
  if (failures.length) throw failures.find(failure => !isAftermath(failure)) ?? failures[0]
  // A query that is awaited once more is asked once more: these are the answers that came. `map` forgets which is which.
  return outcomes.map(outcome => 'value' in outcome && outcome.value) as Answers<Statements>
}

/**
 * The last statements of a transaction, sent together with its commit: whoever waits for its locks waits one round trip
 * less. Each must be exactly one statement, whether a store's function or a query, and nothing may be asked after them:
 * the patched driver (db/patches) refuses it. Nothing that can fail may follow either: what is written is kept. Where one
 * of them fails, the server makes the commit a rollback.
 * @returns their answers, in the order given; they are kept once the transaction has returned
 * @throws as `together`
 */
export async function lastly<Statements extends readonly (PromiseLike<unknown> | undefined)[]>(
  tx: Transaction,
  ...statements: Statements
): Promise<Answers<Statements>> {
  const driver = driverOf(tx) as CommittingSql
  driver.commitAfter?.(statements.filter(statement => statement !== undefined).length)
  try {
    return await together(...statements)
  } finally {
    // One that failed before it was sent leaves no commit behind for whatever is asked next.
    driver.commitAfter?.(0)
  }
}

/** A transaction of the patched driver. */
interface CommittingSql extends postgres.Sql {
  /** Sends `commit` right behind so many statements from now. Does nothing in a savepoint. Not there without the patch. */
  commitAfter?(count: number): void
}

/**
 * What asks the driver without a query of Drizzle's awaits this first: such a query is sent a microtask after it is awaited,
 * and in `together` none may overtake another, a lock least of all.
 */
export async function inTurn(): Promise<void> {}

type Answers<Statements extends readonly unknown[]> = {
  -readonly [Key in keyof Statements]: Awaited<Statements[Key]>
}

/** 25P02: the transaction was aborted by an earlier statement. https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isAftermath(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && cause.code === '25P02') return true
  return false
}

/**
 * Seconds before a connection that failed is tried again. Without this the driver triples the pause with every failure of
 * any connection: a pool of 20 would keep its callers waiting 10 to 20 s after the database is back.
 */
function backoff(failures: number): number {
  return Math.min(2 ** failures / 100, 0.5) * (0.5 + Math.random() / 2)
}

/**
 * No connection, or it ended; the server starts, stops or has no place left (classes 08, 53, 57P of its error codes); or
 * somebody else kept us waiting too long (55P03, 57014, 25P03).
 */
const away =
  /^(55P03|57014|25P03|CONNECTION_\w+|CONNECT_TIMEOUT|ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|08\w{3}|53300|57P0[1-5])$/

/** Whether the database did not answer, rather than refuse what it was asked. */
export function isAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && typeof cause.code === 'string' && away.test(cause.code)) return true
  return false
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
