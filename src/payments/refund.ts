import type { PracticeScope } from '../identity/practice.ts'
import { practiceScopes } from '../identity/scope.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import type { Attempt } from './attempt.ts'
import type { PaymentDeps } from './deps.ts'
import { GatewayError, type Refund } from './gateway.ts'
import { allocate, type Refundable } from './policy.ts'
import {
  appendLedger,
  findAttempts,
  findOpenRefunds,
  findRefund,
  insertRefund,
  lockAttempt,
  lockRefund,
  refundedOf,
  updateRefund
} from './store.ts'

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
    subjects: { refund: id, booking: attempt.bookingId }
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
  amount: number,
  reason: string
): Promise<void> {
  for (const share of allocate(amount, payments)) {
    const attempt = await lockAttempt(tx, scope, share.id)
    if (!attempt) throw new Error(`The attempt ${share.id} is gone`)
    await requestRefund(deps, tx, scope, attempt, share.amount, reason)
  }
}

/** Asks Stripe for a refund that was written, or what became of it. Safe to repeat: the key makes it one refund. */
export async function pursueRefund(deps: PaymentDeps, scope: PracticeScope, id: string): Promise<void> {
  const { db, gateway } = deps
  const found = await findRefund(db, scope, id)
  if (!found || found.refund.state === 'succeeded' || found.refund.state === 'failed') return
  const { refund, attempt, due } = found
  if (!attempt.paymentId) throw new Error(`The refund ${id} has no payment`)
  try {
    const answer = refund.stripeId
      ? await gateway.findRefund(refund.stripeId)
      : await gateway.refund({
          key: refund.key,
          payment: attempt.paymentId,
          amount: { amount: refund.amount, currency: due.currency },
          reference: refund.id
        })
    await db.transaction(tx => recordRefund(deps, tx, scope, id, answer))
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== 'refused') throw error
    deps.log.error({ refund: id, code: error.code }, 'Stripe refused a refund: a person must look')
    await updateRefund(db, scope, id, { state: 'failed' })
  }
}

/** Every refund that Stripe has not settled yet is asked for again. */
export async function pursueRefunds(deps: PaymentDeps): Promise<void> {
  const scopes = practiceScopes(deps)
  await forEachApart(await findOpenRefunds(deps.db), async ({ practice, refund }) =>
    pursueRefund(deps, await scopes.forId(practice), refund)
  )
}

async function recordRefund(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  id: string,
  answer: Refund
): Promise<void> {
  // Two may have asked: whoever comes second finds what the first wrote, and a refund that has ended stays so.
  const before = await lockRefund(tx, scope, id)
  const found = await findRefund(tx, scope, id)
  if (!found || !before || before === 'succeeded' || before === 'failed') return
  const { refund, due, bookingId } = found
  await updateRefund(tx, scope, id, { state: answer.state, stripeId: answer.id })
  const line = {
    practiceId: scope.practice.id,
    id: newId(),
    dueId: due.id,
    payerId: due.payerId,
    currency: due.currency,
    stripeId: answer.id,
    at: deps.now()
  }
  if (answer.state === 'failed') {
    deps.log.error({ refund: id }, 'A refund failed: a person must look')
    // The money comes back to the practice only where it was booked out before.
    if (before === 'pending') await appendLedger(tx, { ...line, entry: 'refund_failed', amount: refund.amount })
    return
  }
  const isNew = await appendLedger(tx, { ...line, entry: 'refund', amount: -refund.amount })
  if (isNew)
    await emit(deps, tx, {
      practice: scope.practice.id,
      actor: 'system',
      kind: 'booking.refunded',
      subjects: { booking: bookingId, refund: id }
    })
}
