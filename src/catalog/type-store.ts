import { and, eq, max } from 'drizzle-orm'
import { offerings, sessionTypes } from '../../db/schema/catalog.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

type Row = Omit<typeof sessionTypes.$inferInsert, 'practiceId' | 'position'>

/** Locks a session type: its versions come one after the other. */
export async function lockSessionType(tx: Transaction, { practice }: PracticeScope, slug: string) {
  const [row] = await tx
    .select({ id: sessionTypes.id, version: sessionTypes.version })
    .from(sessionTypes)
    .where(and(eq(sessionTypes.practiceId, practice.id), eq(sessionTypes.slug, slug)))
    .for('update')
  return row
}

/** A session type more, behind all others. */
export async function insertSessionType(tx: Transaction, { practice }: PracticeScope, row: Row): Promise<void> {
  const [last] = await tx
    .select({ position: max(sessionTypes.position) })
    .from(sessionTypes)
    .where(eq(sessionTypes.practiceId, practice.id))
  await tx.insert(sessionTypes).values({ practiceId: practice.id, position: (last?.position ?? -1) + 1, ...row })
}

export async function updateSessionType(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  set: Partial<Pick<Row, 'public' | 'version'>>
): Promise<void> {
  if (Object.keys(set).length === 0) return
  await tx
    .update(sessionTypes)
    .set(set)
    .where(and(eq(sessionTypes.practiceId, practice.id), eq(sessionTypes.id, id)))
}

/** Replaces by whom and where a session type is offered. */
export async function replaceOfferings(
  tx: Transaction,
  { practice }: PracticeScope,
  sessionTypeId: string,
  offered: readonly { therapist: string; place: string }[]
): Promise<void> {
  await tx
    .delete(offerings)
    .where(and(eq(offerings.practiceId, practice.id), eq(offerings.sessionTypeId, sessionTypeId)))
  if (offered.length === 0) return
  await tx.insert(offerings).values(
    offered.map(({ therapist, place }) => ({
      practiceId: practice.id,
      sessionTypeId,
      resourceId: therapist,
      placeId: place
    }))
  )
}

/** Whether a session type with this id is there. */
export async function hasSessionType(db: Executor, { practice }: PracticeScope, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: sessionTypes.id })
    .from(sessionTypes)
    .where(and(eq(sessionTypes.practiceId, practice.id), eq(sessionTypes.id, id)))
  return rows.length > 0
}
