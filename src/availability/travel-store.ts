import { and, asc, eq, gte } from 'drizzle-orm'
import { travels } from '../../db/schema/travels.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { deleteOwn } from './own-store.ts'

export type TravelRow = typeof travels.$inferSelect

export async function insertTravel(tx: Transaction, row: typeof travels.$inferInsert): Promise<void> {
  await tx.insert(travels).values(row)
}

export async function findTravel(
  db: Executor,
  { practice }: PracticeScope,
  id: string
): Promise<TravelRow | undefined> {
  const [row] = await db
    .select()
    .from(travels)
    .where(and(eq(travels.practiceId, practice.id), eq(travels.id, id)))
  return row
}

/** Those of a therapist that end on this day or later, soonest first. */
export async function listTravels(
  db: Executor,
  { practice }: PracticeScope,
  resource: string,
  from: string
): Promise<TravelRow[]> {
  return db
    .select()
    .from(travels)
    .where(and(eq(travels.practiceId, practice.id), eq(travels.resourceId, resource), gte(travels.lastDay, from)))
    .orderBy(asc(travels.firstDay))
}

/** Answers whether there was such a row. */
export async function deleteTravel(
  tx: Transaction,
  scope: PracticeScope,
  resource: string,
  id: string
): Promise<boolean> {
  return deleteOwn(tx, scope, travels, resource, id)
}
