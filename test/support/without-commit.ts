import { sql } from 'drizzle-orm'
import { type Database, driverOf, type Transaction } from '../../src/kernel/database.ts'

/**
 * A database whose server does all of a transaction that something happened in, and is then not told to commit: the process
 * dies instead.
 */
export function withoutCommit(db: Database, die: () => Promise<never>): Database {
  return inTransactions(db, async (tx, work) => {
    // The commit is not to go out with what is written last.
    Object.assign(driverOf(tx), { commitAfter: undefined })
    const done = await work(tx)
    const own = await tx.execute(sql`select 1 from events where xmin = pg_current_xact_id()::xid`)
    return own.length > 0 ? die() : done
  })
}

/** One whose process dies in a transaction, where the how manieth job would be written: what came before it is done. */
export function dyingAtJob(db: Database, deadly: number, die: () => Promise<never>): Database {
  let jobs = 0
  return inTransactions(db, (tx, work) => {
    const driver = driverOf(tx)
    const { unsafe } = driver
    Object.assign(driver, {
      unsafe(...asked: Parameters<typeof unsafe>) {
        if (/"job_common"/.test(asked[0])) jobs += 1
        return jobs === deadly ? die() : unsafe(...asked)
      }
    })
    return work(tx)
  })
}

type Work = (tx: Transaction) => Promise<unknown>

function inTransactions(db: Database, run: (tx: Transaction, work: Work) => Promise<unknown>): Database {
  return new Proxy(db, {
    get: (target, key) =>
      key === 'transaction' ? (work: Work) => target.transaction(tx => run(tx, work)) : Reflect.get(target, key)
  })
}
