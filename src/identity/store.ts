import { and, arrayContains, eq, inArray, sql } from 'drizzle-orm'
import { contactPoints, type Policies, people, practices, staff } from '../../db/schema/identity.ts'
import { noContact } from '../../db/schema/partners.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { into, type Rows } from '../kernel/rows.ts'
import type { Practice, PracticeScope } from './practice.ts'
import { isSetUp } from './step-store.ts'

export async function listPractices(db: Executor): Promise<Practice[]> {
  return db.select().from(practices).orderBy(practices.id)
}

/** @param lock `locked`: until the transaction ends nobody else changes it */
export async function findPractice(db: Executor, id: string, lock?: 'locked'): Promise<Practice | undefined> {
  const found = db.select().from(practices).where(eq(practices.id, id))
  const [row] = await (lock ? found.for('no key update') : found)
  return row
}

/** Changes some of what a practice says of itself, and leaves the rest. */
export async function mergePolicies(
  tx: Transaction,
  { practice }: PracticeScope,
  changed: Partial<Policies>
): Promise<void> {
  await tx
    .update(practices)
    .set({ policies: sql`${practices.policies} || ${JSON.stringify(changed)}::jsonb` })
    .where(eq(practices.id, practice.id))
}

export async function insertPractice(tx: Transaction, row: typeof practices.$inferInsert): Promise<void> {
  await tx.insert(practices).values(row)
}

export function personRows(
  person: typeof people.$inferInsert,
  contacts: (typeof contactPoints.$inferInsert)[]
): Rows[] {
  return [into(people, person), ...contacts.map(contact => into(contactPoints, contact))]
}

export async function findPerson(db: Executor, { practice }: PracticeScope, id: string) {
  const [person] = await db
    .select()
    .from(people)
    .where(and(eq(people.practiceId, practice.id), eq(people.id, id)))
  return person
}

export async function updatePerson(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  set: Partial<typeof people.$inferInsert>
): Promise<void> {
  await tx
    .update(people)
    .set(set)
    .where(and(eq(people.practiceId, practice.id), eq(people.id, id)))
}

export async function findContacts(db: Executor, { practice }: PracticeScope, personId: string) {
  return db
    .select()
    .from(contactPoints)
    .where(and(eq(contactPoints.practiceId, practice.id), eq(contactPoints.personId, personId)))
}

/** The unproven persons whose history a proven one joined to their own. */
export async function findJoined(db: Executor, { practice }: PracticeScope, person: string): Promise<string[]> {
  const rows = await db
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.practiceId, practice.id), eq(people.joinedTo, person)))
    .orderBy(people.id)
  return rows.map(({ id }) => id)
}

/** Keeps whether somebody else reads a person's mailbox too. */
export async function saveSharedMailbox(
  tx: Transaction,
  { practice }: PracticeScope,
  person: string,
  sharedMailbox: boolean
): Promise<void> {
  await tx
    .update(contactPoints)
    .set({ sharedMailbox })
    .where(
      and(
        eq(contactPoints.practiceId, practice.id),
        eq(contactPoints.personId, person),
        eq(contactPoints.kind, 'email')
      )
    )
}

export async function insertStaff(tx: Transaction, row: typeof staff.$inferInsert): Promise<void> {
  await tx.insert(staff).values(row)
}

/** The practice's therapists who work there now. */
export async function listTherapists(db: Executor, { practice }: PracticeScope): Promise<string[]> {
  const rows = await db
    .select({ id: staff.personId })
    .from(staff)
    .where(and(eq(staff.practiceId, practice.id), staff.active, arrayContains(staff.roles, ['therapist'])))
    .orderBy(staff.personId)
  return rows.map(({ id }) => id)
}

/** Gives a member of the staff a role more. */
export async function addRole(
  tx: Transaction,
  { practice }: PracticeScope,
  person: string,
  role: (typeof staff.$inferSelect)['roles'][number]
): Promise<void> {
  await tx
    .update(staff)
    .set({ roles: sql`array_append(array_remove(${staff.roles}, ${role}), ${role})` })
    .where(and(eq(staff.practiceId, practice.id), eq(staff.personId, person)))
}

/** Whether somebody works here, or did. */
export async function isStaff(db: Executor, { practice }: PracticeScope, person: string): Promise<boolean> {
  const rows = await db
    .select({ person: staff.personId })
    .from(staff)
    .where(and(eq(staff.practiceId, practice.id), eq(staff.personId, person)))
  return rows.length > 0
}

/** The staff member whose proven address hashes so, active or not. */
export async function findStaffByLookup(db: Executor, { practice }: PracticeScope, lookup: Buffer) {
  const [row] = await db
    .select({
      personId: staff.personId,
      roles: staff.roles,
      passwordHash: staff.passwordHash,
      hasSecondStep: isSetUp(staff.practiceId, staff.personId, 'staff'),
      active: staff.active
    })
    .from(contactPoints)
    .innerJoin(staff, and(eq(staff.practiceId, contactPoints.practiceId), eq(staff.personId, contactPoints.personId)))
    .where(
      and(
        eq(contactPoints.practiceId, practice.id),
        eq(contactPoints.lookup, lookup),
        sql`${contactPoints.provenAt} is not null`
      )
    )
  return row
}

/** The password's hash of somebody who works here. */
export async function findPasswordHash(db: Executor, { practice }: PracticeScope, person: string) {
  const [row] = await db
    .select({ passwordHash: staff.passwordHash })
    .from(staff)
    .where(and(eq(staff.practiceId, practice.id), eq(staff.personId, person)))
  return row?.passwordHash
}

/** Somebody who works here now. */
export async function findActiveStaff(db: Executor, { practice }: PracticeScope, person: string) {
  const [row] = await db
    .select({ person: staff.personId, roles: staff.roles })
    .from(staff)
    .where(and(eq(staff.practiceId, practice.id), eq(staff.personId, person), staff.active))
  return row
}

export async function listActiveStaff(db: Executor, { practice }: PracticeScope) {
  return db
    .select({ person: staff.personId, hasSecondStep: isSetUp(staff.practiceId, staff.personId, 'staff') })
    .from(staff)
    .where(and(eq(staff.practiceId, practice.id), staff.active))
    .orderBy(staff.personId)
}

/** The one proven person of an address. */
export async function findProvenPerson(
  db: Executor,
  { practice }: PracticeScope,
  lookup: Buffer
): Promise<string | undefined> {
  const [row] = await db
    .select({ person: contactPoints.personId })
    .from(contactPoints)
    .where(
      and(
        eq(contactPoints.practiceId, practice.id),
        eq(contactPoints.lookup, lookup),
        sql`${contactPoints.provenAt} is not null`
      )
    )
  return row?.person
}

/** An address that is never to be written to, by its keyed hash. */
export async function insertNoContact(tx: Transaction, row: typeof noContact.$inferInsert): Promise<void> {
  await tx.insert(noContact).values(row).onConflictDoNothing()
}

/** Whether somebody asked never to be written to at an address of this person's. */
export async function isContactRefused(db: Executor, scope: PracticeScope, person: string): Promise<boolean> {
  const rows = await db
    .select({ at: noContact.at })
    .from(noContact)
    .where(refusedBy(db, scope, person))
  return rows.length > 0
}

/** Whoever reads the mailbox has given a code that went there: it may be written to again. */
export async function allowContact(db: Executor, scope: PracticeScope, person: string): Promise<void> {
  await db.delete(noContact).where(refusedBy(db, scope, person))
}

function refusedBy(db: Executor, { practice }: PracticeScope, person: string) {
  const lookups = db
    .select({ lookup: contactPoints.lookup })
    .from(contactPoints)
    .where(and(eq(contactPoints.practiceId, practice.id), eq(contactPoints.personId, person)))
  return and(eq(noContact.practiceId, practice.id), inArray(noContact.lookup, lookups))
}
