import { and, asc, eq, lt } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { possibleTimes } from '../../db/schema/bookings.ts'
import type { Stretch } from '../../db/schema/columns.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

/** Keeps times that would suit the other of two; the same one twice is one. */
export async function insertPossibleTimes(
  tx: Transaction,
  { practice }: PracticeScope,
  bookingId: string,
  windows: readonly Stretch[],
  givenAt: DateTime
): Promise<void> {
  if (windows.length > 0)
    await tx
      .insert(possibleTimes)
      .values(windows.map(during => ({ practiceId: practice.id, bookingId, during, givenAt })))
      .onConflictDoNothing()
}

/** Soonest first. */
export async function listPossibleTimes(
  db: Executor,
  { practice }: PracticeScope,
  bookingId: string
): Promise<Stretch[]> {
  const rows = await db
    .select({ during: possibleTimes.during })
    .from(possibleTimes)
    .where(and(eq(possibleTimes.practiceId, practice.id), eq(possibleTimes.bookingId, bookingId)))
    .orderBy(asc(possibleTimes.during))
  return rows.map(({ during }) => during)
}

/** Of all practices, what was given before then. */
export async function deletePossibleTimes(db: Executor, before: DateTime): Promise<void> {
  await db.delete(possibleTimes).where(lt(possibleTimes.givenAt, before))
}
