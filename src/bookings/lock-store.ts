import { and, eq, sql } from 'drizzle-orm'
import { bookings } from '../../db/schema/bookings.ts'
import { turnsOfBooking } from '../availability/queue-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { statement } from '../kernel/statement.ts'
import type { Booking } from './booking.ts'
import { toBooking } from './store.ts'

/**
 * The one order of locks: resources, found without a lock, then the booking. One statement: the booking is looked for when
 * all turns have come, and of a row that is locked PostgreSQL reads what was committed meanwhile.
 * https://www.postgresql.org/docs/current/transaction-iso.html#XACT-READ-COMMITTED
 */
export async function lockWithResources(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string
): Promise<Booking | undefined> {
  const [row] = await selectInTurn(tx, { practice: practice.id, id })
  return row && toBooking(row)
}

const selectInTurn = statement(['practice', 'id'], (db, { practice, id }) =>
  db
    .select()
    .from(bookings)
    .where(and(eq(bookings.practiceId, practice), eq(bookings.id, id), sql`${turnsOfBooking(practice, id)} > 0`))
    .for('update')
    .prepare('lock_with_resources')
)
