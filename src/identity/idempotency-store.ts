import { and, eq, lte, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { idempotencyKeys } from '../../db/schema/kernel.ts'
import type { Executor } from '../kernel/database.ts'
import type { Keyed } from './idempotency.ts'
import type { PracticeScope } from './practice.ts'

/** One run of a request: whose row, and until when it is believed to run, by which it knows whether the row is still its own. */
export interface Run {
  scope: PracticeScope
  keyed: Keyed
  createdAt: DateTime
  runningUntil: DateTime
}

export interface Term {
  now: DateTime
  runningUntil: DateTime
  expiresAt: DateTime
}

/**
 * Takes the key for a run, in one statement, so that of many at once one has it: a key that is new or over, or whose last
 * run of the same request is dead. A row that is taken again keeps its beginning.
 * @returns undefined where it is answered, running or another request's
 */
export async function takeKey(
  db: Executor,
  scope: PracticeScope,
  keyed: Keyed,
  { now, runningUntil, expiresAt }: Term
): Promise<Run | undefined> {
  const { actor, key, requestHash } = keyed
  const over = lte(idempotencyKeys.expiresAt, now)
  const [row] = await db
    .insert(idempotencyKeys)
    .values({
      practiceId: scope.practice.id,
      actor,
      key,
      requestHash,
      state: 'running',
      runningUntil,
      createdAt: now,
      expiresAt
    })
    .onConflictDoUpdate({
      target: [idempotencyKeys.practiceId, idempotencyKeys.actor, idempotencyKeys.key],
      set: {
        requestHash,
        state: 'running',
        runningUntil,
        status: null,
        answer: null,
        createdAt: sql`case when ${over} then excluded.created_at else ${idempotencyKeys.createdAt} end`,
        expiresAt
      },
      setWhere: sql`${over} or (${idempotencyKeys.state} = 'running' and ${lte(idempotencyKeys.runningUntil, now)}
        and ${idempotencyKeys.requestHash} = excluded.request_hash)`
    })
    .returning({ createdAt: idempotencyKeys.createdAt })
  return row && { scope, keyed, createdAt: row.createdAt, runningUntil }
}

export async function findKey(db: Executor, { practice }: PracticeScope, { actor, key }: Keyed) {
  const [row] = await db
    .select()
    .from(idempotencyKeys)
    .where(
      and(eq(idempotencyKeys.practiceId, practice.id), eq(idempotencyKeys.actor, actor), eq(idempotencyKeys.key, key))
    )
  return row
}

/** Keeps the answer of a run, unless the row is another's by now. */
export async function keepAnswer(
  db: Executor,
  run: Run,
  { status, answer, expiresAt }: { status: number; answer: Buffer; expiresAt: DateTime }
): Promise<void> {
  await db.update(idempotencyKeys).set({ state: 'answered', status, answer, expiresAt }).where(ofRun(run))
}

/** Ends a run without an answer: the same request may be run again at once. */
export async function freeKey(db: Executor, run: Run, now: DateTime): Promise<void> {
  await db.update(idempotencyKeys).set({ runningUntil: now }).where(ofRun(run))
}

/** Ends a run that made nothing: the key is as if it had never been used. */
export async function dropKey(db: Executor, run: Run): Promise<void> {
  await db.delete(idempotencyKeys).where(ofRun(run))
}

/** Rows of all practices that are over. */
export async function deleteExpiredKeys(db: Executor, now: DateTime): Promise<void> {
  await db.delete(idempotencyKeys).where(lte(idempotencyKeys.expiresAt, now))
}

function ofRun({ scope, keyed, runningUntil }: Run) {
  return and(
    eq(idempotencyKeys.practiceId, scope.practice.id),
    eq(idempotencyKeys.actor, keyed.actor),
    eq(idempotencyKeys.key, keyed.key),
    eq(idempotencyKeys.state, 'running'),
    eq(idempotencyKeys.runningUntil, runningUntil)
  )
}
