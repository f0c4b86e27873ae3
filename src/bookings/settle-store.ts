import { sql } from 'drizzle-orm'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { ask } from '../kernel/statement.ts'
import type { Attempt } from '../payments/attempt.ts'
import type { Due } from '../payments/due.ts'

/** What settling an attempt depends on, beside its booking. */
export interface Settled {
  dues: Pick<Due, 'id' | 'required' | 'state'>[]
  /** The state of the attempt now; null where there is none. */
  state: Attempt['state'] | null
  /** Whether the booking was let go. */
  letGo: boolean
  /** Whether the payment is in the ledger. */
  charged: boolean
}

/**
 * Locks all that a booking owes, then the attempt, and reads the rest with them: one statement. The caller has locked the
 * booking in a statement before, so that whatever was written under that lock is seen here.
 */
export async function lockSettled(
  tx: Transaction,
  { practice: { id: practice } }: PracticeScope,
  { id, bookingId }: Pick<Attempt, 'id' | 'bookingId'>,
  payment: string | null
): Promise<Settled> {
  const rows = await ask<Settled>(tx)(sql`
    with owed as materialized (
      select id, required_to_confirm as required, state from dues
      where practice_id = ${practice} and booking_id = ${bookingId} order by id for update),
    tried as materialized (
      select state from attempts
      -- All of what is owed is locked before.
      where practice_id = ${practice} and id = ${id} and (select count(*) from owed) > 0 for update)
    select (select coalesce(json_agg(owed), '[]') from owed) as dues, (select state from tried) as state,
      exists (select from cancellations where practice_id = ${practice} and booking_id = ${bookingId}) as "letGo",
      exists (select from ledger
        where practice_id = ${practice} and entry = 'charge' and stripe_id = ${payment ?? ''}) as charged`)
  const [row] = rows
  if (!row) throw new Error('A query without FROM answers one row')
  return row
}
