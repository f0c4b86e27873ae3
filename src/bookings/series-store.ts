import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { bookings } from '../../db/schema/bookings.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'

/** Since when a series pauses; null where it goes on. */
export async function savePause(tx: Transaction, { practice }: PracticeScope, id: string, pausedFrom: DateTime | null) {
  await tx
    .update(bookings)
    .set({ pausedFrom })
    .where(and(eq(bookings.practiceId, practice.id), eq(bookings.id, id)))
}
