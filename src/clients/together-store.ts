import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { people } from '../../db/schema/identity.ts'
import { beginnings, yeses } from '../../db/schema/together.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

export type Yes = typeof yeses.$inferSelect
export type Beginning = typeof beginnings.$inferSelect

/** What one person says of beginning and leaving is done in a row. */
export async function lockPerson(tx: Transaction, { practice }: PracticeScope, person: string): Promise<void> {
  await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.practiceId, practice.id), eq(people.id, person)))
    .for('no key update')
}

/** The yes of a person that stands: not taken back, and not answered for good. */
export async function findYes(db: Executor, { practice }: PracticeScope, person: string): Promise<Yes | undefined> {
  const [row] = await db
    .select()
    .from(yeses)
    .where(and(eq(yeses.practiceId, practice.id), eq(yeses.personId, person), isNull(yeses.endedAt)))
  return row
}

/** The same, locked: whoever puts it beside another meanwhile is before or after. */
export async function lockYes(tx: Transaction, { practice }: PracticeScope, person: string): Promise<Yes | undefined> {
  const [row] = await tx
    .select()
    .from(yeses)
    .where(and(eq(yeses.practiceId, practice.id), eq(yeses.personId, person), isNull(yeses.endedAt)))
    .for('update')
  return row
}

/** Standing yeses of a therapist's list, locked, by id: two who lock the same never wait for each other. */
export async function lockYeses(
  tx: Transaction,
  { practice }: PracticeScope,
  therapist: string,
  ids: readonly string[]
): Promise<Yes[]> {
  return tx
    .select()
    .from(yeses)
    .where(
      and(
        eq(yeses.practiceId, practice.id),
        eq(yeses.therapistId, therapist),
        inArray(yeses.id, [...ids]),
        isNull(yeses.endedAt),
        isNull(yeses.beginningId)
      )
    )
    .orderBy(asc(yeses.id))
    .for('update')
}

export async function insertYes(tx: Transaction, row: typeof yeses.$inferInsert): Promise<void> {
  await tx.insert(yeses).values(row)
}

export async function updateYes(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  set: Partial<Yes>
): Promise<void> {
  await tx
    .update(yeses)
    .set(set)
    .where(and(eq(yeses.practiceId, practice.id), eq(yeses.id, id)))
}

/** What stands in a therapist's list, the oldest first. */
export async function listYeses(db: Executor, { practice }: PracticeScope, therapist: string): Promise<Yes[]> {
  return db
    .select()
    .from(yeses)
    .where(and(eq(yeses.practiceId, practice.id), eq(yeses.therapistId, therapist), isNull(yeses.endedAt)))
    .orderBy(asc(yeses.saidAt), asc(yeses.id))
    .limit(200)
}

/** The two yeses of a beginning, the first first. */
export async function listYesesOf(db: Executor, { practice }: PracticeScope, beginning: string): Promise<Yes[]> {
  return db
    .select()
    .from(yeses)
    .where(and(eq(yeses.practiceId, practice.id), eq(yeses.beginningId, beginning)))
    .orderBy(asc(yeses.number))
}

export async function findYesById(db: Executor, { practice }: PracticeScope, id: string): Promise<Yes | undefined> {
  const [row] = await db
    .select()
    .from(yeses)
    .where(and(eq(yeses.practiceId, practice.id), eq(yeses.id, id)))
  return row
}

export async function insertBeginning(tx: Transaction, row: typeof beginnings.$inferInsert): Promise<void> {
  await tx.insert(beginnings).values(row)
}

export async function findBeginning(
  db: Executor,
  { practice }: PracticeScope,
  id: string
): Promise<Beginning | undefined> {
  const [row] = await db
    .select()
    .from(beginnings)
    .where(and(eq(beginnings.practiceId, practice.id), eq(beginnings.id, id)))
  return row
}

/** Both members' answers and the practice's change of mind are taken one after the other. */
export async function lockBeginning(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string
): Promise<Beginning | undefined> {
  const [row] = await tx
    .select()
    .from(beginnings)
    .where(and(eq(beginnings.practiceId, practice.id), eq(beginnings.id, id)))
    .for('update')
  return row
}

export async function updateBeginning(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  set: Partial<Beginning>
): Promise<void> {
  await tx
    .update(beginnings)
    .set(set)
    .where(and(eq(beginnings.practiceId, practice.id), eq(beginnings.id, id)))
}
