import { and, count, desc, eq, gt, isNull, max, min, ne, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { sessions, staff } from '../../db/schema/identity.ts'
import { events } from '../../db/schema/kernel.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { newId } from '../kernel/ids.ts'
import type { PracticeScope } from './practice.ts'

/** The event that a try leaves, and the one by which an account's tries are forgotten. */
const tried = 'staff.sign-in-tried'
export const signedIn = 'staff.signed-in'

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

export async function markSessionUsed(tx: Transaction, scope: PracticeScope, id: string, at: DateTime): Promise<void> {
  await tx
    .update(sessions)
    .set({ usedAt: at })
    .where(and(eq(sessions.practiceId, scope.practice.id), eq(sessions.id, id)))
}

export async function revokeFamily(tx: Transaction, scope: PracticeScope, family: string, at: DateTime): Promise<void> {
  await tx
    .update(sessions)
    .set({ revokedAt: at })
    .where(and(eq(sessions.practiceId, scope.practice.id), eq(sessions.family, family), isNull(sessions.revokedAt)))
}

/** Ends every sign-in of a person but one. */
export async function revokeOthers(
  tx: Transaction,
  { practice }: PracticeScope,
  person: string,
  family: string,
  at: DateTime
): Promise<void> {
  await tx
    .update(sessions)
    .set({ revokedAt: at })
    .where(
      and(
        eq(sessions.practiceId, practice.id),
        eq(sessions.personId, person),
        eq(sessions.kind, 'person'),
        ne(sessions.family, family),
        isNull(sessions.revokedAt)
      )
    )
}

/** A person's sign-ins that live, the newest first: what each called itself, since when and until when. */
export async function listFamilies(db: Executor, { practice }: PracticeScope, person: string, at: DateTime) {
  const since = min(sessions.createdAt)
  return db
    .select({
      id: sessions.family,
      device: sql<string | null>`max(${sessions.device})`,
      trusted: sql<boolean>`bool_or(${sessions.trusted})`,
      since,
      until: max(sessions.familyEndsAt)
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.practiceId, practice.id),
        eq(sessions.personId, person),
        eq(sessions.kind, 'person'),
        isNull(sessions.revokedAt),
        gt(sessions.familyEndsAt, at)
      )
    )
    .groupBy(sessions.family)
    .orderBy(desc(since), desc(sessions.family))
}

/** A staff sign-in that still lives, with the roles that its person has now; undefined also where they left. */
export async function findStaffFamily(db: Executor, { practice }: PracticeScope, family: string, at: DateTime) {
  const [row] = await db
    .select({
      person: sessions.personId,
      endsAt: sessions.familyEndsAt,
      steppedAt: sessions.steppedAt,
      roles: staff.roles
    })
    .from(sessions)
    .innerJoin(staff, and(eq(staff.practiceId, sessions.practiceId), eq(staff.personId, sessions.personId)))
    .where(
      and(
        eq(sessions.practiceId, practice.id),
        eq(sessions.family, family),
        eq(sessions.kind, 'staff'),
        isNull(sessions.revokedAt),
        gt(sessions.familyEndsAt, at),
        staff.active
      )
    )
    .limit(1)
  return row
}

/** A person's sign-in that still lives. */
export async function findPersonFamily(db: Executor, { practice }: PracticeScope, family: string, at: DateTime) {
  const [row] = await db
    .select({
      person: sessions.personId,
      endsAt: sessions.familyEndsAt,
      trusted: sessions.trusted,
      steppedAt: sessions.steppedAt
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.practiceId, practice.id),
        eq(sessions.family, family),
        eq(sessions.kind, 'person'),
        isNull(sessions.revokedAt),
        gt(sessions.familyEndsAt, at)
      )
    )
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(1)
  return row
}

/** Leaves a try of an account, known or not. An event without a job: nothing reacts to it. */
export async function insertTry(
  db: Executor,
  { practice }: PracticeScope,
  account: string,
  at: DateTime
): Promise<void> {
  await db
    .insert(events)
    .values({ practiceId: practice.id, id: newId(), at, actor: 'anonymous', kind: tried, subjects: { account } })
}

/** How often an account was tried since then, and since it was last signed in to. */
export async function countTries(
  db: Executor,
  { practice }: PracticeScope,
  account: string,
  since: DateTime
): Promise<number> {
  const ofAccount = (kind: string) =>
    and(
      eq(events.practiceId, practice.id),
      eq(events.kind, kind),
      gt(events.at, since),
      sql`${events.subjects} ->> 'account' = ${account}`
    )
  const last = db
    .select({ at: max(events.at) })
    .from(events)
    .where(ofAccount(signedIn))
  const [row] = await db
    .select({ tries: count() })
    .from(events)
    .where(and(ofAccount(tried), sql`${events.at} > coalesce((${last}), '-infinity')`))
  return row?.tries ?? 0
}
