import { and, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type CodePurpose, codes, links } from '../../db/schema/identity.ts'
import { partnerAnswers } from '../../db/schema/partners.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { into, type Rows } from '../kernel/rows.ts'
import { countLately } from './mailbox-store.ts'
import type { PracticeScope } from './practice.ts'

export function linkRows(row: typeof links.$inferInsert): Rows[] {
  return [into(links, row)]
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

/** How many codes were mailed to a person's mailbox within an hour and a day. */
export async function countCodes(db: Executor, scope: PracticeScope, personId: string, now: DateTime) {
  return countLately(db, scope, personId, codes, now)
}

/** What somebody said by a partner's link, opened by its words not longer ago than a session lasts. */
export async function findReturn(
  db: Executor,
  { practice }: PracticeScope,
  sessionHash: Buffer,
  now: DateTime
): Promise<string | undefined> {
  const [row] = await db
    .select({ id: partnerAnswers.id })
    .from(partnerAnswers)
    .where(
      and(
        eq(partnerAnswers.practiceId, practice.id),
        eq(partnerAnswers.sessionHash, sessionHash),
        gt(partnerAnswers.sessionEndsAt, now)
      )
    )
  return row?.id
}
