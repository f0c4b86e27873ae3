import { and, asc, eq } from 'drizzle-orm'
import { exceptions, openingHours, openingPlans } from '../../db/schema/availability.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

/** A therapist's opening hours as saved, with the revision that is their ETag. */
export async function readHours(db: Executor, { practice }: PracticeScope, resource: string) {
  const here = and(eq(openingHours.practiceId, practice.id), eq(openingHours.resourceId, resource))
  const hours = await db.select().from(openingHours).where(here).orderBy(asc(openingHours.id))
  const days = await db
    .select()
    .from(exceptions)
    .where(and(eq(exceptions.practiceId, practice.id), eq(exceptions.resourceId, resource)))
    .orderBy(asc(exceptions.date), asc(exceptions.from))
  const [plan] = await db
    .select({ revision: openingPlans.revision })
    .from(openingPlans)
    .where(and(eq(openingPlans.practiceId, practice.id), eq(openingPlans.resourceId, resource)))
  return { hours, exceptions: days, revision: plan?.revision ?? 0 }
}

/** Replaces all rules of a therapist and raises the revision. */
export async function writeHours(
  tx: Transaction,
  { practice }: PracticeScope,
  resource: string,
  hours: (typeof openingHours.$inferInsert)[],
  days: (typeof exceptions.$inferInsert)[],
  revision: number
): Promise<void> {
  await tx
    .delete(openingHours)
    .where(and(eq(openingHours.practiceId, practice.id), eq(openingHours.resourceId, resource)))
  await tx.delete(exceptions).where(and(eq(exceptions.practiceId, practice.id), eq(exceptions.resourceId, resource)))
  if (hours.length) await tx.insert(openingHours).values(hours)
  if (days.length) await tx.insert(exceptions).values(days)
  await tx
    .insert(openingPlans)
    .values({ practiceId: practice.id, resourceId: resource, revision })
    .onConflictDoUpdate({ target: [openingPlans.practiceId, openingPlans.resourceId], set: { revision } })
}
