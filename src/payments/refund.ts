import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { type Money, stepOf } from '../kernel/money.ts'
import type { Attempt } from './attempt.ts'
import { findAttempts, lockAttempt } from './attempt-store.ts'
import { allocate, type Refundable } from './policy.ts'
import { insertRefund, refundedOf } from './refund-store.ts'

/**
 * Writes that so much of a payment goes back; a job then asks Stripe. Inside the transaction that has locked the attempt.
 * @throws RangeError where more would go back than was paid
 */
export async function requestRefund(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  attempt: Attempt,
  amount: number,
  reason: string
): Promise<void> {
  const already = await refundedOf(tx, scope, attempt.id)
  if (already + amount > attempt.amount.amount) throw new RangeError('More would go back than was paid')
  const id = newId()
  const practice = scope.practice.id
  await insertRefund(tx, {
    practiceId: practice,
    id,
    attemptId: attempt.id,
    amount,
    key: `refund:${id}:1`,
    state: 'requested',
    reason,
    createdAt: deps.now()
  })
  await emit(deps, tx, {
    practice,
    actor: 'system',
    kind: 'refund.requested',
    subjects: { refund: id, booking: attempt.bookingId },
    queue: 'stripe'
  })
}

/** What of a booking's payments can still be sent back, the earliest first. */
export async function findRefundable(db: Executor, scope: PracticeScope, bookingId: string): Promise<Refundable[]> {
  const paid = (await findAttempts(db, scope, bookingId)).filter(({ state }) => state === 'succeeded').reverse()
  const payments: Refundable[] = []
  for (const { id, amount } of paid) payments.push({ id, left: amount.amount - (await refundedOf(db, scope, id)) })
  return payments
}

/** Writes that so much of what was paid for a booking goes back, shared among its payments. The caller has locked its dues. */
export async function refundBooking(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  payments: readonly Refundable[],
  { amount, currency }: Money,
  reason: string
): Promise<void> {
  for (const share of allocate(amount, payments, stepOf(currency))) {
    const attempt = await lockAttempt(tx, scope, share.id)
    if (!attempt) throw new Error(`The attempt ${share.id} is gone`)
    await requestRefund(deps, tx, scope, attempt, share.amount, reason)
  }
}
