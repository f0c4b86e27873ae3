import { and, asc, desc, eq, gt, inArray, isNull, lte, ne, notExists, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { bookings } from '../../db/schema/bookings.ts'
import { attempts, dues } from '../../db/schema/payments.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Database, Executor, Transaction } from '../kernel/database.ts'
import { type Change, change, into, type Rows } from '../kernel/rows.ts'
import { question, statement } from '../kernel/statement.ts'
import type { Attempt } from './attempt.ts'

export function attemptRows(row: typeof attempts.$inferInsert): Rows[] {
  return [into(attempts, row)]
}

export function attemptChange(
  { practice }: PracticeScope,
  id: string,
  set: Partial<typeof attempts.$inferInsert>
): Change {
  return change(attempts, { practiceId: practice.id, id }, set)
}

/**
 * Its Checkout is open. An answer that comes after others have settled the attempt, or ended it, changes nothing: a
 * payment stays written down. Nobody waits for the disk here: what a crash of the server loses is asked of Stripe again
 * with the same key, as after an answer that never came.
 * https://www.postgresql.org/docs/current/wal-async-commit.html
 */
export async function setOpened(
  db: Database,
  { practice }: PracticeScope,
  id: string,
  { checkout, url }: { checkout: string; url: string | null }
): Promise<void> {
  await updateOpened(db, { practice: practice.id, id, checkout, url })
}

const updateOpened = question(
  ['practice', 'id', 'checkout', 'url'],
  ({ practice, id, checkout, url }) => sql`
    update attempts set state = 'submitted', checkout_id = ${checkout}, url = ${url}
    where practice_id = ${practice} and id = ${id} and state in ('created', 'submitted', 'unknown')
      and set_config('synchronous_commit', 'off', true) = 'off'`
)

/** It will not be opened any more. @returns whether it was still to be opened */
export async function endUnopened(
  db: Executor,
  { practice }: PracticeScope,
  id: string,
  end: { state: 'failed' | 'cancelled'; code: string }
): Promise<boolean> {
  const unopened = and(
    eq(attempts.practiceId, practice.id),
    eq(attempts.id, id),
    inArray(attempts.state, ['created', 'submitted', 'unknown'])
  )
  const changed = await db.update(attempts).set(end).where(unopened).returning({ id: attempts.id })
  return changed.length > 0
}

/** Whether a booking's time is held at `at`, and no opening of a Checkout for it was refused but this attempt's. */
export async function isFirstRefusal(
  db: Executor,
  { practice }: PracticeScope,
  { id, bookingId }: Pick<Attempt, 'id' | 'bookingId'>,
  at: DateTime
): Promise<boolean> {
  const refused = db
    .select({ id: attempts.id })
    .from(attempts)
    .innerJoin(dues, and(eq(dues.practiceId, attempts.practiceId), eq(dues.id, attempts.dueId)))
    .where(
      and(
        eq(dues.practiceId, practice.id),
        eq(dues.bookingId, bookingId),
        eq(attempts.state, 'failed'),
        ne(attempts.id, id)
      )
    )
  const [held] = await db
    .select({ id: bookings.id })
    .from(bookings)
    .where(
      and(
        eq(bookings.practiceId, practice.id),
        eq(bookings.id, bookingId),
        eq(bookings.state, 'held'),
        gt(bookings.holdUntil, at),
        notExists(refused)
      )
    )
  return held !== undefined
}

export async function findAttempt(db: Executor, scope: PracticeScope, id: string): Promise<Attempt | undefined> {
  const [row] = await selectAttempt(db, { practice: scope.practice.id, id })
  return row
}

/** Locks the attempt until the transaction ends: the last in the order of locks. */
export async function lockAttempt(tx: Transaction, scope: PracticeScope, id: string): Promise<Attempt | undefined> {
  const [row] = await selectAttemptForUpdate(tx, { practice: scope.practice.id, id })
  return row
}

const selectAttempt = statement(['practice', 'id'], (db, { practice, id }) =>
  selectAttempts(db)
    .where(and(eq(attempts.practiceId, practice), eq(attempts.id, id)))
    .prepare('find_attempt')
)

const selectAttemptForUpdate = statement(['practice', 'id'], (db, { practice, id }) =>
  selectAttempts(db)
    .where(and(eq(attempts.practiceId, practice), eq(attempts.id, id)))
    .for('update', { of: attempts })
    .prepare('lock_attempt')
)

/** All attempts of a booking, the newest first. */
export async function findAttempts(db: Executor, { practice }: PracticeScope, bookingId: string): Promise<Attempt[]> {
  return selectAttempts(db)
    .where(and(eq(attempts.practiceId, practice.id), eq(dues.bookingId, bookingId)))
    .orderBy(desc(attempts.id))
}

/** Live attempts of all practices that nobody has told us of for so long: who was asked about least lately comes first. */
export async function findToReconcile(
  db: Executor,
  { madeBefore, askedBefore }: { madeBefore: DateTime; askedBefore: DateTime }
): Promise<{ practice: string; attempt: string }[]> {
  return db
    .select({ practice: attempts.practiceId, attempt: attempts.id })
    .from(attempts)
    .where(
      and(
        inArray(attempts.state, ['created', 'submitted', 'requires_action', 'authorised', 'unknown']),
        lte(attempts.createdAt, madeBefore),
        or(isNull(attempts.askedAt), lte(attempts.askedAt, askedBefore))
      )
    )
    .orderBy(sql`${attempts.askedAt} nulls first`, asc(attempts.createdAt))
    .limit(200)
}

/** Whose attempt a Checkout Session is. Looked for in every practice: the event does not say which. */
export async function findAttemptOfCheckout(
  db: Executor,
  checkoutId: string
): Promise<{ practice: string; attempt: string; booking: string } | undefined> {
  const [row] = await db
    .select({ practice: attempts.practiceId, attempt: attempts.id, booking: dues.bookingId })
    .from(attempts)
    .innerJoin(dues, and(eq(dues.practiceId, attempts.practiceId), eq(dues.id, attempts.dueId)))
    .where(eq(attempts.checkoutId, checkoutId))
  return row
}

/** The attempt, in any practice, by which a payment was made. */
export async function findAttemptOfPayment(db: Executor, payment: string) {
  const [row] = await db
    .select({ practice: attempts.practiceId, attempt: attempts.id })
    .from(attempts)
    .where(eq(attempts.paymentId, payment))
  return row
}

function selectAttempts(db: Executor) {
  return db
    .select({
      id: attempts.id,
      dueId: attempts.dueId,
      bookingId: dues.bookingId,
      payerId: dues.payerId,
      number: attempts.number,
      idempotencyKey: attempts.idempotencyKey,
      state: attempts.state,
      checkoutId: attempts.checkoutId,
      paymentId: attempts.paymentId,
      url: attempts.url,
      expiresAt: attempts.expiresAt,
      amount: { amount: dues.amount, currency: dues.currency }
    })
    .from(attempts)
    .innerJoin(dues, and(eq(dues.practiceId, attempts.practiceId), eq(dues.id, attempts.dueId)))
    .$dynamic()
}
