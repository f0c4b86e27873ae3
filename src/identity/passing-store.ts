import { and, eq, gt, isNull, lte, ne } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { sessions } from '../../db/schema/identity.ts'
import { passkeyChallenges, signInSteps } from '../../db/schema/second-steps.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { PracticeScope } from './practice.ts'

/** A sign-in has passed a second step: all its tokens have. */
export async function markStepped(tx: Transaction, { practice }: PracticeScope, family: string, at: DateTime) {
  await tx
    .update(sessions)
    .set({ steppedAt: at })
    .where(and(eq(sessions.practiceId, practice.id), eq(sessions.family, family), isNull(sessions.steppedAt)))
}

/** Ends a person's sign-ins, all or all but one. */
export async function endSessions(
  tx: Transaction,
  { practice }: PracticeScope,
  person: string,
  at: DateTime,
  but?: string
): Promise<void> {
  await tx
    .update(sessions)
    .set({ revokedAt: at })
    .where(
      and(
        eq(sessions.practiceId, practice.id),
        eq(sessions.personId, person),
        isNull(sessions.revokedAt),
        but === undefined ? undefined : ne(sessions.family, but)
      )
    )
}

export async function insertSignInStep(db: Executor, row: typeof signInSteps.$inferInsert): Promise<void> {
  await db.insert(signInSteps).values(row)
}

/** A sign-in that waits for its second page. */
export async function findSignInStep(db: Executor, { practice }: PracticeScope, tokenHash: Buffer, at: DateTime) {
  const [row] = await db
    .select()
    .from(signInSteps)
    .where(
      and(
        eq(signInSteps.practiceId, practice.id),
        eq(signInSteps.tokenHash, tokenHash),
        isNull(signInSteps.usedAt),
        gt(signInSteps.expiresAt, at)
      )
    )
  return row
}

export async function useSignInStep(tx: Transaction, scope: PracticeScope, id: string, at: DateTime): Promise<boolean> {
  const used = await tx
    .update(signInSteps)
    .set({ usedAt: at })
    .where(and(eq(signInSteps.practiceId, scope.practice.id), eq(signInSteps.id, id), isNull(signInSteps.usedAt)))
    .returning({ id: signInSteps.id })
  return used.length > 0
}

/** What is over, of every practice. */
export async function deleteOverSteps(db: Executor, at: DateTime): Promise<void> {
  await db.delete(passkeyChallenges).where(lte(passkeyChallenges.expiresAt, at))
  await db.delete(signInSteps).where(lte(signInSteps.expiresAt, at))
}
