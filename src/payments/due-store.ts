import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import { dues } from '../../db/schema/payments.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { type Change, change, into, type Rows } from '../kernel/rows.ts'
import { statement } from '../kernel/statement.ts'
import type { Due } from './due.ts'

export function dueRows({ practice }: PracticeScope, bookingId: string, owed: readonly Due[]): Rows[] {
  return [into(dues, ...owed.map(({ amount, ...due }) => ({ ...due, ...amount, practiceId: practice.id, bookingId })))]
}

/** A booking's dues, the required ones first. */
export async function findDues(db: Executor, { practice }: PracticeScope, bookingId: string): Promise<Due[]> {
  const rows = await db
    .select()
    .from(dues)
    .where(and(eq(dues.practiceId, practice.id), eq(dues.bookingId, bookingId)))
    .orderBy(desc(dues.required), asc(dues.dueAt), asc(dues.id))
  return rows.map(toDue)
}

/** Locks a booking's dues until the transaction ends: after its booking, before an attempt. */
export async function lockDues(tx: Transaction, { practice }: PracticeScope, bookingId: string): Promise<Due[]> {
  const rows = await selectDuesForUpdate(tx, { practice: practice.id, bookingId })
  return rows.map(toDue)
}

const selectDuesForUpdate = statement(['practice', 'bookingId'], (db, { practice, bookingId }) =>
  db
    .select()
    .from(dues)
    .where(and(eq(dues.practiceId, practice), eq(dues.bookingId, bookingId)))
    .orderBy(asc(dues.id))
    .for('update')
    .prepare('lock_dues')
)

/** Moves those dues of a booking that are in one of the states. */
export async function moveDues(
  tx: Transaction,
  { practice }: PracticeScope,
  bookingId: string,
  from: Due['state'][],
  to: Due['state']
): Promise<void> {
  await tx
    .update(dues)
    .set({ state: to })
    .where(and(eq(dues.practiceId, practice.id), eq(dues.bookingId, bookingId), inArray(dues.state, from)))
}

/** So much of what a booking owes later is owed no more, the last of it first. The caller has locked its dues. */
export async function lessenDues(
  tx: Transaction,
  scope: PracticeScope,
  bookingId: string,
  amount: number
): Promise<void> {
  const later = (await findDues(tx, scope, bookingId)).filter(({ state }) => state === 'scheduled').reverse()
  let less = amount
  for (const { id, amount } of later) {
    if (less <= 0) return
    const set = less >= amount.amount ? { state: 'void' as const } : { amount: amount.amount - less }
    await tx
      .update(dues)
      .set(set)
      .where(and(eq(dues.practiceId, scope.practice.id), eq(dues.id, id)))
    less -= amount.amount
  }
}

/** Of a booking that has ended nothing is owed any more but so much, for what took place. The caller has locked its dues. */
export async function endDues(tx: Transaction, scope: PracticeScope, bookingId: string, owed: number): Promise<void> {
  const later = (await findDues(tx, scope, bookingId)).filter(({ state }) => state === 'scheduled')
  const total = later.reduce((sum, { amount }) => sum + amount.amount, 0)
  await lessenDues(tx, scope, bookingId, Math.max(0, total - owed))
  await moveDues(tx, scope, bookingId, ['open', 'processing', 'past_due'], 'void')
}

/** What has to be paid before a booking stands can be paid now; what is due later keeps its day. */
export async function openDues(tx: Transaction, { practice }: PracticeScope, bookingId: string): Promise<void> {
  await tx
    .update(dues)
    .set({ state: 'open' })
    .where(
      and(
        eq(dues.practiceId, practice.id),
        eq(dues.bookingId, bookingId),
        eq(dues.state, 'scheduled'),
        eq(dues.required, true)
      )
    )
}

export function dueChange({ practice }: PracticeScope, id: string, state: Due['state']): Change {
  return change(dues, { practiceId: practice.id, id }, { state })
}

function toDue({ amount, currency, ...row }: typeof dues.$inferSelect): Due {
  const { id, payerId, reason, dueAt, required, state } = row
  return { id, payerId, reason, amount: { amount, currency }, dueAt, required, state }
}
