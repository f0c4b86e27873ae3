import { and, count, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { codes, links } from '../../db/schema/identity.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { PracticeScope } from './practice.ts'

type CodePurpose = (typeof codes.$inferInsert)['purpose']

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
  purpose: CodePurpose,
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

/** One of the newest code's five tries, taken; undefined where it has none left. One statement, so that rivals queue. */
export async function takeTry(
  db: Executor,
  { practice }: PracticeScope,
  purpose: CodePurpose,
  subjectId: string,
  at: DateTime
) {
  const newest = db
    .select({ id: codes.id })
    .from(codes)
    .where(and(eq(codes.practiceId, practice.id), eq(codes.subjectId, subjectId), eq(codes.purpose, purpose)))
    .orderBy(desc(codes.createdAt), desc(codes.id))
    .limit(1)
  const [row] = await db
    .update(codes)
    .set({ tries: sql`${codes.tries} + 1` })
    .where(
      and(
        eq(codes.practiceId, practice.id),
        inArray(codes.id, newest),
        isNull(codes.usedAt),
        lt(codes.tries, 5),
        gt(codes.expiresAt, at)
      )
    )
    .returning()
  return row
}

export async function markCodeUsed(db: Executor, scope: PracticeScope, id: string, at: DateTime): Promise<boolean> {
  const used = await db
    .update(codes)
    .set({ usedAt: at })
    .where(and(eq(codes.practiceId, scope.practice.id), eq(codes.id, id), isNull(codes.usedAt)))
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

/** How many codes a subject was given since then. */
export async function countCodes(
  db: Executor,
  { practice }: PracticeScope,
  subjectId: string,
  since: DateTime
): Promise<number> {
  const [row] = await db
    .select({ given: count() })
    .from(codes)
    .where(and(eq(codes.practiceId, practice.id), eq(codes.subjectId, subjectId), gt(codes.createdAt, since)))
  return row?.given ?? 0
}
