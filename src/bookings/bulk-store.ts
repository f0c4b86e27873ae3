import { and, asc, desc, eq, gt, lt } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { appointments } from '../../db/schema/appointments.ts'
import { occupancy } from '../../db/schema/availability.ts'
import { bulkChangeItems, bulkChanges } from '../../db/schema/bulk-changes.ts'
import { resources } from '../../db/schema/catalog.ts'
import type { Stretch } from '../../db/schema/columns.ts'
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
    .orderBy(desc(bulkChanges.createdAt))
    .limit(most)
}

export async function listBulkItems(db: Executor, { practice }: PracticeScope, changeId: string): Promise<BulkItem[]> {
  return db
    .select()
    .from(bulkChangeItems)
    .where(and(eq(bulkChangeItems.practiceId, practice.id), eq(bulkChangeItems.changeId, changeId)))
    .orderBy(asc(bulkChangeItems.appointmentId))
}

/** What came of it; what is known already stays. */
export async function saveOutcome(
  db: Executor,
  { practice }: PracticeScope,
  { changeId, appointmentId }: Pick<BulkItem, 'changeId' | 'appointmentId'>,
  came: { state: 'done' | 'failed'; outcome: string; at: DateTime; startsAt?: DateTime }
): Promise<void> {
  await db
    .update(bulkChangeItems)
    .set(came)
    .where(
      and(
        eq(bulkChangeItems.practiceId, practice.id),
        eq(bulkChangeItems.changeId, changeId),
        eq(bulkChangeItems.appointmentId, appointmentId),
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

/** Appointments of bookings that a stretch of a resource's time collides with, soonest first. */
export async function findSoldAppointments(
  db: Executor,
  { practice }: PracticeScope,
  resource: string,
  { start, end }: Stretch
): Promise<{ id: string; bookingId: string }[]> {
  const rows = await db
    .select({ id: appointments.id, bookingId: appointments.bookingId })
    .from(occupancy)
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, occupancy.practiceId), eq(appointments.id, occupancy.appointmentId))
    )
    .where(
      and(
        eq(occupancy.practiceId, practice.id),
        eq(occupancy.resourceId, resource),
        lt(appointments.startsAt, end),
        gt(appointments.endsAt, start)
      )
    )
    .orderBy(asc(appointments.startsAt), asc(appointments.id))
  return rows.flatMap(({ id, bookingId }) => (bookingId ? [{ id, bookingId }] : []))
}
