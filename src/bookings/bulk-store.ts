import { and, asc, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { appointments } from '../../db/schema/bookings.ts'
import { bulkChangeItems, bulkChanges } from '../../db/schema/bulk-changes.ts'
import { resources } from '../../db/schema/catalog.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

export type BulkItem = typeof bulkChangeItems.$inferSelect

export async function insertBulkChange(
  tx: Transaction,
  change: typeof bulkChanges.$inferInsert,
  items: (typeof bulkChangeItems.$inferInsert)[]
): Promise<void> {
  await tx.insert(bulkChanges).values(change)
  await tx.insert(bulkChangeItems).values(items)
}

export async function findBulkChange(db: Executor, { practice }: PracticeScope, id: string) {
  const [row] = await db
    .select({ change: bulkChanges, therapist: resources })
    .from(bulkChanges)
    .innerJoin(
      resources,
      and(eq(resources.practiceId, bulkChanges.practiceId), eq(resources.id, bulkChanges.resourceId))
    )
    .where(and(eq(bulkChanges.practiceId, practice.id), eq(bulkChanges.id, id)))
  return row
}

/** A therapist's changes, the newest first. */
export async function listBulkChanges(db: Executor, { practice }: PracticeScope, resource: string, most: number) {
  return db
    .select()
    .from(bulkChanges)
    .where(and(eq(bulkChanges.practiceId, practice.id), eq(bulkChanges.resourceId, resource)))
    .orderBy(asc(bulkChanges.createdAt))
    .limit(most)
}

export async function listBulkItems(db: Executor, { practice }: PracticeScope, changeId: string): Promise<BulkItem[]> {
  return db
    .select()
    .from(bulkChangeItems)
    .where(and(eq(bulkChangeItems.practiceId, practice.id), eq(bulkChangeItems.changeId, changeId)))
    .orderBy(asc(bulkChangeItems.bookingId))
}

/** What came of it; what is known already stays. */
export async function saveOutcome(
  db: Executor,
  { practice }: PracticeScope,
  { changeId, bookingId }: Pick<BulkItem, 'changeId' | 'bookingId'>,
  came: { state: 'done' | 'failed'; outcome: string; at: DateTime; startsAt?: DateTime }
): Promise<void> {
  await db
    .update(bulkChangeItems)
    .set(came)
    .where(
      and(
        eq(bulkChangeItems.practiceId, practice.id),
        eq(bulkChangeItems.changeId, changeId),
        eq(bulkChangeItems.bookingId, bookingId),
        eq(bulkChangeItems.state, 'waiting')
      )
    )
}

/** Changes of all practices of which something still waits. */
export async function findWaitingChanges(db: Executor): Promise<{ practice: string; change: string }[]> {
  return db
    .selectDistinct({ practice: bulkChangeItems.practiceId, change: bulkChangeItems.changeId })
    .from(bulkChangeItems)
    .where(eq(bulkChangeItems.state, 'waiting'))
    .limit(50)
}

/** The one appointment of a booking that is ahead. */
export async function findPlanned(db: Executor, { practice }: PracticeScope, bookingId: string) {
  const [row] = await db
    .select({ id: appointments.id, startsAt: appointments.startsAt })
    .from(appointments)
    .where(
      and(
        eq(appointments.practiceId, practice.id),
        eq(appointments.bookingId, bookingId),
        eq(appointments.state, 'planned')
      )
    )
    .orderBy(asc(appointments.ordinal))
    .limit(1)
  return row
}
