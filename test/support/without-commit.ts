import { sql } from 'drizzle-orm'
import { type Database, driverOf } from '../../src/kernel/database.ts'

/**
 * A database whose server does all of a transaction that something happened in, and is then not told to commit: the process
 * dies instead.
 */
export function withoutCommit(db: Database, die: () => Promise<never>): Database {
  return new Proxy(db, {
    get: (target, key) =>
      key === 'transaction'
        ? (work: Parameters<Database['transaction']>[0]) =>
            target.transaction(async tx => {
              // The commit is not to go out with what is written last.
              Object.assign(driverOf(tx), { commitAfter: undefined })
              const done = await work(tx)
              const own = await tx.execute(sql`select 1 from events where xmin = pg_current_xact_id()::xid`)
              return own.length > 0 ? die() : done
            })
        : Reflect.get(target, key)
  })
}
