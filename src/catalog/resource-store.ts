import { and, eq } from 'drizzle-orm'
import { places, resources } from '../../db/schema/catalog.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { findTherapist, type Place, type Resource } from './store.ts'

type NewResource = Omit<typeof resources.$inferInsert, 'practiceId'>

export async function insertResource(tx: Transaction, { practice }: PracticeScope, row: NewResource): Promise<void> {
  await tx.insert(resources).values({ practiceId: practice.id, ...row })
}

/** Whether a therapist or a room has this slug already. */
export async function findResourceBySlug(db: Executor, { practice }: PracticeScope, slug: string) {
  const [row] = await db
    .select({ id: resources.id, kind: resources.kind })
    .from(resources)
    .where(and(eq(resources.practiceId, practice.id), eq(resources.slug, slug)))
  return row
}

/** The therapist whose person this is. */
export async function findTherapistOf(db: Executor, { practice }: PracticeScope, person: string) {
  const [row] = await db
    .select({ slug: resources.slug })
    .from(resources)
    .where(and(eq(resources.practiceId, practice.id), eq(resources.personId, person)))
  return row?.slug
}

/** Changes a therapist, locked until the transaction ends. @returns as it is now */
export async function updateTherapist(
  tx: Transaction,
  scope: PracticeScope,
  slug: string,
  set: Partial<Pick<NewResource, 'name' | 'zone' | 'care'>>
): Promise<Resource | undefined> {
  const { practice } = scope
  await tx
    .update(resources)
    .set(set)
    .where(and(eq(resources.practiceId, practice.id), eq(resources.kind, 'therapist'), eq(resources.slug, slug)))
  return findTherapist(tx, scope, slug)
}

export async function findPlace(db: Executor, { practice }: PracticeScope, slug: string): Promise<Place | undefined> {
  const [row] = await db
    .select()
    .from(places)
    .where(and(eq(places.practiceId, practice.id), eq(places.slug, slug)))
  return row
}

export async function insertPlace(
  tx: Transaction,
  { practice }: PracticeScope,
  row: Omit<typeof places.$inferInsert, 'practiceId'>
): Promise<void> {
  await tx.insert(places).values({ practiceId: practice.id, ...row })
}

export async function updatePlace(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  set: Partial<Pick<Place, 'name' | 'address' | 'link'>>
): Promise<void> {
  await tx
    .update(places)
    .set(set)
    .where(and(eq(places.practiceId, practice.id), eq(places.id, id)))
}
