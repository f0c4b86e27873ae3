import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { codes, contactPoints, links, people, practices, sessions, staff } from '../../db/schema/identity.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { Practice, PracticeScope } from './practice.ts'

export async function listPractices(db: Executor): Promise<Practice[]> {
  return db.select().from(practices).orderBy(practices.id)
}

export async function findPractice(db: Executor, id: string): Promise<Practice | undefined> {
  const [row] = await db.select().from(practices).where(eq(practices.id, id))
  return row
}

export async function insertPractice(tx: Transaction, row: typeof practices.$inferInsert): Promise<void> {
  await tx.insert(practices).values(row)
}

export async function insertPerson(
  tx: Transaction,
  person: typeof people.$inferInsert,
  contacts: (typeof contactPoints.$inferInsert)[]
): Promise<void> {
  await tx.insert(people).values(person)
  await tx.insert(contactPoints).values(contacts)
}

export async function findPerson(db: Executor, { practice }: PracticeScope, id: string) {
  const [person] = await db
    .select()
    .from(people)
    .where(and(eq(people.practiceId, practice.id), eq(people.id, id)))
  return person
}

export async function findContacts(db: Executor, { practice }: PracticeScope, personId: string) {
  return db
    .select()
    .from(contactPoints)
    .where(and(eq(contactPoints.practiceId, practice.id), eq(contactPoints.personId, personId)))
}

export async function insertStaff(tx: Transaction, row: typeof staff.$inferInsert): Promise<void> {
  await tx.insert(staff).values(row)
}

/** The staff member whose proven address hashes so. */
export async function findStaffByLookup(db: Executor, { practice }: PracticeScope, lookup: Buffer) {
  const [row] = await db
    .select({ personId: staff.personId, roles: staff.roles, passwordHash: staff.passwordHash, active: staff.active })
    .from(contactPoints)
    .innerJoin(
      staff,
      and(eq(staff.practiceId, contactPoints.practiceId), eq(staff.personId, contactPoints.personId))
    )
    .where(
      and(
        eq(contactPoints.practiceId, practice.id),
        eq(contactPoints.lookup, lookup),
        sql`${contactPoints.provenAt} is not null`
      )
    )
  return row
}

export async function insertSession(tx: Transaction, row: typeof sessions.$inferInsert): Promise<void> {
  await tx.insert(sessions).values(row)
}

/** Locks a refresh token's row: of two that come at once, one is second. */
export async function lockSession(tx: Transaction, { practice }: PracticeScope, refreshHash: Buffer) {
  const [row] = await tx
    .select()
    .from(sessions)
    .where(and(eq(sessions.practiceId, practice.id), eq(sessions.refreshHash, refreshHash)))
    .for('update')
  return row
}

export async function markSessionUsed(tx: Transaction, { practice }: PracticeScope, id: string, at: DateTime): Promise<void> {
  await tx
    .update(sessions)
    .set({ usedAt: at })
    .where(and(eq(sessions.practiceId, practice.id), eq(sessions.id, id)))
}

export async function revokeFamily(tx: Executor, { practice }: PracticeScope, family: string, at: DateTime): Promise<void> {
  await tx
    .update(sessions)
    .set({ revokedAt: at })
    .where(and(eq(sessions.practiceId, practice.id), eq(sessions.family, family), isNull(sessions.revokedAt)))
}

/** A sign-in that still lives, with the roles that its person has now. */
export async function findFamily(db: Executor, { practice }: PracticeScope, family: string, at: DateTime) {
  const [row] = await db
    .select({ personId: sessions.personId, familyEndsAt: sessions.familyEndsAt, roles: staff.roles })
    .from(sessions)
    .innerJoin(staff, and(eq(staff.practiceId, sessions.practiceId), eq(staff.personId, sessions.personId)))
    .where(
      and(
        eq(sessions.practiceId, practice.id),
        eq(sessions.family, family),
        isNull(sessions.revokedAt),
        sql`${sessions.familyEndsAt} > ${at.toISO()}`,
        staff.active
      )
    )
    .limit(1)
  return row
}

export async function insertLink(tx: Executor, row: typeof links.$inferInsert): Promise<void> {
  await tx.insert(links).values(row)
}

export async function findLink(db: Executor, { practice }: PracticeScope, tokenHash: Buffer) {
  const [row] = await db
    .select()
    .from(links)
    .where(and(eq(links.practiceId, practice.id), eq(links.tokenHash, tokenHash)))
  return row
}

export async function insertCode(tx: Transaction, row: typeof codes.$inferInsert): Promise<void> {
  await tx.insert(codes).values(row)
}

/** Older codes for the same thing stop working. */
export async function spendCodes(
  tx: Transaction,
  { practice }: PracticeScope,
  purpose: (typeof codes.$inferInsert)['purpose'],
  subjectId: string,
  at: DateTime
): Promise<void> {
  await tx
    .update(codes)
    .set({ usedAt: at })
    .where(
      and(
        eq(codes.practiceId, practice.id),
        eq(codes.subjectId, subjectId),
        eq(codes.purpose, purpose),
        isNull(codes.usedAt)
      )
    )
}

/** The code that counts now, and one of its five tries taken, in a step of its own that nothing undoes. */
export async function takeTry(
  db: Executor,
  { practice }: PracticeScope,
  purpose: (typeof codes.$inferInsert)['purpose'],
  subjectId: string,
  at: DateTime
) {
  const [row] = await db
    .update(codes)
    .set({ tries: sql`${codes.tries} + 1` })
    .where(
      and(
        eq(codes.practiceId, practice.id),
        eq(codes.subjectId, subjectId),
        eq(codes.purpose, purpose),
        isNull(codes.usedAt),
        lt(codes.tries, 5),
        sql`${codes.expiresAt} > ${at.toISO()}`
      )
    )
    .returning()
  return row
}

export async function markCodeUsed(tx: Executor, { practice }: PracticeScope, id: string, at: DateTime): Promise<boolean> {
  const used = await tx
    .update(codes)
    .set({ usedAt: at })
    .where(and(eq(codes.practiceId, practice.id), eq(codes.id, id), isNull(codes.usedAt)))
    .returning({ id: codes.id })
  return used.length > 0
}

export async function findCode(db: Executor, { practice }: PracticeScope, id: string) {
  const [row] = await db
    .select()
    .from(codes)
    .where(and(eq(codes.practiceId, practice.id), eq(codes.id, id)))
  return row
}

/** How many codes a subject was given since. */
export async function countCodes(db: Executor, { practice }: PracticeScope, subjectId: string, since: DateTime): Promise<number> {
  const rows = await db
    .select({ id: codes.id })
    .from(codes)
    .where(
      and(
        eq(codes.practiceId, practice.id),
        eq(codes.subjectId, subjectId),
        sql`${codes.createdAt} > ${since.toISO()}`
      )
    )
  return rows.length
}
