import { and, asc, desc, eq, gt, inArray, isNull, lt, lte, ne, notExists, or, type Placeholder, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { bookings } from '../../db/schema/bookings.ts'
import { attempts, dues, ledger, refunds, stripeEvents } from '../../db/schema/payments.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Database, Executor, Transaction } from '../kernel/database.ts'
import { type Change, change, into, intoOnce, type Rows } from '../kernel/rows.ts'
import { statement } from '../kernel/statement.ts'
import type { Attempt } from './attempt.ts'
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

const updateOpened = statement(['practice', 'id', 'checkout', 'url'], (db, { practice, id, checkout, url }) =>
  db
    .update(attempts)
    .set({ state: 'submitted', checkoutId: sql`${checkout}`, url: sql`${url}` })
    .where(and(unopened(practice, id), sql`set_config('synchronous_commit', 'off', true) = 'off'`))
    .prepare('set_opened')
)

/** It will not be opened any more. @returns whether it was still to be opened */
export async function endUnopened(
  db: Executor,
  { practice }: PracticeScope,
  id: string,
  end: { state: 'failed' | 'cancelled'; code: string }
): Promise<boolean> {
  const changed = await db.update(attempts).set(end).where(unopened(practice.id, id)).returning({ id: attempts.id })
  return changed.length > 0
}

function unopened(practice: string | Placeholder, id: string | Placeholder) {
  return and(
    eq(attempts.practiceId, practice),
    eq(attempts.id, id),
    inArray(attempts.state, ['created', 'submitted', 'unknown'])
  )
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

/** Whose refund it is, in any practice. */
export async function findRefundOwner(
  db: Executor,
  stripeId: string
): Promise<{ practice: string; refund: string } | undefined> {
  const [row] = await db
    .select({ practice: refunds.practiceId, refund: refunds.id })
    .from(refunds)
    .where(eq(refunds.stripeId, stripeId))
  return row
}

/** Appends a line, once for each Stripe object and kind of entry. Answers whether it was new. */
export async function appendLedger(tx: Transaction, row: typeof ledger.$inferInsert): Promise<boolean> {
  const added = await tx
    .insert(ledger)
    .values(row)
    .onConflictDoNothing({ target: [ledger.practiceId, ledger.entry, ledger.stripeId] })
    .returning({ id: ledger.id })
  return added.length > 0
}

/** The same for who writes it together with other rows. */
export function ledgerRows(row: typeof ledger.$inferInsert): Rows {
  return intoOnce(ledger, row)
}

/** What a booking's payers have paid less what went back, in minor units: computed from the ledger. */
export async function paidOf(db: Executor, { practice }: PracticeScope, bookingId: string): Promise<number> {
  const [row] = await db
    .select({ paid: sql<string>`coalesce(sum(${ledger.amount}), 0)` })
    .from(ledger)
    .innerJoin(dues, and(eq(dues.practiceId, ledger.practiceId), eq(dues.id, ledger.dueId)))
    .where(and(eq(ledger.practiceId, practice.id), eq(dues.bookingId, bookingId)))
  return Number(row?.paid ?? 0)
}

export async function insertRefund(tx: Transaction, row: typeof refunds.$inferInsert): Promise<void> {
  await tx.insert(refunds).values(row)
}

export async function findRefund(db: Executor, { practice }: PracticeScope, id: string) {
  const [row] = await db
    .select({ refund: refunds, attempt: attempts, due: dues, bookingId: bookings.id, bookerId: bookings.bookerId })
    .from(refunds)
    .innerJoin(attempts, and(eq(attempts.practiceId, refunds.practiceId), eq(attempts.id, refunds.attemptId)))
    .innerJoin(dues, and(eq(dues.practiceId, attempts.practiceId), eq(dues.id, attempts.dueId)))
    .innerJoin(bookings, and(eq(bookings.practiceId, dues.practiceId), eq(bookings.id, dues.bookingId)))
    .where(and(eq(refunds.practiceId, practice.id), eq(refunds.id, id)))
  return row
}

/** What of an attempt was asked back and did not fail, in minor units. */
export async function refundedOf(tx: Executor, { practice }: PracticeScope, attemptId: string): Promise<number> {
  const [row] = await tx
    .select({ sum: sql<string>`coalesce(sum(${refunds.amount}), 0)` })
    .from(refunds)
    .where(
      and(eq(refunds.practiceId, practice.id), eq(refunds.attemptId, attemptId), sql`${refunds.state} <> 'failed'`)
    )
  return Number(row?.sum ?? 0)
}

/** Refunds of all practices that Stripe has not settled yet: what was asked for least lately comes first. */
export async function findOpenRefunds(db: Executor): Promise<{ practice: string; refund: string }[]> {
  return db
    .select({ practice: refunds.practiceId, refund: refunds.id })
    .from(refunds)
    .where(inArray(refunds.state, ['requested', 'submitted', 'pending']))
    .orderBy(sql`${refunds.askedAt} nulls first`, asc(refunds.createdAt))
    .limit(100)
}

/** Locks a refund until the transaction ends. @returns the state in which it is */
export async function lockRefund(tx: Transaction, { practice }: PracticeScope, id: string) {
  const [row] = await tx
    .select({ state: refunds.state })
    .from(refunds)
    .where(and(eq(refunds.practiceId, practice.id), eq(refunds.id, id)))
    .for('update')
  return row?.state
}

export async function updateRefund(
  db: Executor,
  { practice }: PracticeScope,
  id: string,
  set: Partial<typeof refunds.$inferInsert>
): Promise<void> {
  await db
    .update(refunds)
    .set(set)
    .where(and(eq(refunds.practiceId, practice.id), eq(refunds.id, id)))
}

/** Puts an event into the inbox. Answers whether it is the first time. */
export async function insertStripeEvent(tx: Transaction, row: typeof stripeEvents.$inferInsert): Promise<boolean> {
  const added = await tx.insert(stripeEvents).values(row).onConflictDoNothing().returning({ id: stripeEvents.id })
  return added.length > 0
}

export async function findStripeEvent(db: Executor, id: string) {
  const [row] = await db.select().from(stripeEvents).where(eq(stripeEvents.id, id))
  return row
}

export async function lockStripeEvent(tx: Transaction, id: string) {
  const [row] = await tx.select().from(stripeEvents).where(eq(stripeEvents.id, id)).for('update')
  return row
}

export async function updateStripeEvent(
  db: Executor,
  id: string,
  set: Partial<Pick<typeof stripeEvents.$inferInsert, 'processedAt' | 'triedAt' | 'foreign'>>
): Promise<void> {
  await db.update(stripeEvents).set(set).where(eq(stripeEvents.id, id))
}

/** Events that were received before `at` and not processed: what was tried least lately comes first. */
export async function findUnprocessed(
  db: Executor,
  at: (typeof stripeEvents.$inferInsert)['receivedAt']
): Promise<string[]> {
  const rows = await db
    .select({ id: stripeEvents.id })
    .from(stripeEvents)
    .where(and(isNull(stripeEvents.processedAt), lt(stripeEvents.receivedAt, at)))
    .orderBy(sql`${stripeEvents.triedAt} nulls first`, asc(stripeEvents.receivedAt))
    .limit(100)
  return rows.map(row => row.id)
}

function toDue({ amount, currency, ...row }: typeof dues.$inferSelect): Due {
  const { id, payerId, reason, dueAt, required, state } = row
  return { id, payerId, reason, amount: { amount, currency }, dueAt, required, state }
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
