import { and, asc, eq, inArray } from 'drizzle-orm'
import { type BookingState, bookings } from '../../db/schema/bookings.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'

/** A client's bookings in these states, the oldest first. */
export async function listBookingsOf(
  db: Executor,
  { practice }: PracticeScope,
  clientId: string,
  states: readonly BookingState[]
): Promise<string[]> {
  const rows = await db
    .select({ id: bookings.id })
    .from(bookings)
    .where(
      and(eq(bookings.practiceId, practice.id), eq(bookings.clientId, clientId), inArray(bookings.state, [...states]))
    )
    .orderBy(asc(bookings.id))
  return rows.map(({ id }) => id)
}
