import { z } from 'zod'
import type { PracticeScope } from '../identity/practice.ts'
import { practiceScopes } from '../identity/scope.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import type { PaymentDeps } from './deps.ts'
import { GatewayError, type Refund } from './gateway.ts'
import {
  appendLedger,
  findAttemptOfPayment,
  findOpenRefunds,
  findRefund,
  findRefundOwner,
  insertRefund,
  lockAttempt,
  lockRefund,
  updateRefund
} from './store.ts'

/**
 * Stripe forgets a key after a day at the earliest (https://docs.stripe.com/api/idempotent_requests): from then on it would
 * make a second refund, so we look first whether the first was made.
 */
const keyHours = 20

/** Asks Stripe for a refund that was written, or what became of it. Safe to repeat: it is made once. */
export async function pursueRefund(deps: PaymentDeps, scope: PracticeScope, id: string): Promise<void> {
  const { db, gateway } = deps
  const found = await findRefund(db, scope, id)
  if (!found || found.refund.state === 'failed') return
  const { refund, attempt, due } = found
  if (!attempt.paymentId) throw new Error(`The refund ${id} has no payment`)
  try {
    const mayBeMade = refund.createdAt < deps.now().minus({ hours: keyHours })
    const made = refund.stripeId
      ? await gateway.findRefund(refund.stripeId)
      : mayBeMade && (await gateway.findRefundOf(attempt.paymentId, refund.id))
    const answer =
      made ||
      (await gateway.refund({
        key: refund.key,
        payment: attempt.paymentId,
        amount: { amount: refund.amount, currency: due.currency },
        reference: refund.id
      }))
    await db.transaction(tx => recordRefund(deps, tx, scope, id, answer))
  } catch (error) {
    // Only a refund that Stripe will not make has failed: one that it made and cannot find is for a person to look at.
    if (refund.stripeId || !(error instanceof GatewayError) || error.kind !== 'refused') throw error
    deps.log.error({ refund: id, code: error.code }, 'Stripe refused a refund: a person must look')
    await db.transaction(async tx => {
      const before = await lockRefund(tx, scope, id)
      if (before === 'failed' || before === 'succeeded') return
      await updateRefund(tx, scope, id, { state: 'failed' })
      await tellFailed(deps, tx, scope, id, due.bookingId)
    })
  }
}

/** A person at the practice must look: the money is owed, and Stripe will not send it. */
async function tellFailed(deps: Deps, tx: Transaction, { practice }: PracticeScope, refund: string, booking: string) {
  const subjects = { booking, refund }
  await emit(deps, tx, { practice: practice.id, actor: 'system', kind: 'refund.failed', subjects })
}

/** Every refund that Stripe has not settled yet is asked for again. */
export async function pursueRefunds(deps: PaymentDeps): Promise<void> {
  const scopes = practiceScopes(deps)
  await forEachApart(await findOpenRefunds(deps.db), async ({ practice, refund }) =>
    pursueRefund(deps, await scopes.forId(practice), refund)
  )
}

/**
 * A refund of our payments that nobody here asked for, made by a person at Stripe's own pages: it is written down as it is,
 * so that it can be given back no second time, and the therapist hears of it. One that we asked for, or of another use of the
 * account, is left alone. Safe to repeat.
 */
export async function adoptRefund(deps: PaymentDeps, stripeId: string): Promise<void> {
  const { db } = deps
  if (await findRefundOwner(db, stripeId)) return
  const made = await deps.gateway.findRefund(stripeId)
  const known = made.payment ? await findAttemptOfPayment(db, made.payment) : undefined
  if (!known) return
  const scope = await practiceScopes(deps).forId(known.practice)
  await db.transaction(async tx => {
    const attempt = await lockAttempt(tx, scope, known.attempt)
    // Ours may have no number yet: its answer is on the way.
    const isOurs = z.uuid().safeParse(made.reference).data
    if (!attempt || (isOurs && (await findRefund(tx, scope, isOurs)))) return
    if (await findRefundOwner(tx, stripeId)) return
    const id = newId()
    const practice = scope.practice.id
    const row = { practiceId: practice, id, attemptId: attempt.id, amount: made.amount.amount, stripeId }
    await insertRefund(tx, {
      ...row,
      key: `external:${stripeId}`,
      state: 'requested',
      reason: 'external',
      createdAt: deps.now()
    })
    await recordRefund(deps, tx, scope, id, made)
    const subjects = { booking: attempt.bookingId, refund: id }
    await emit(deps, tx, { practice, actor: 'stripe', kind: 'refund.external', subjects })
  })
}

async function recordRefund(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  id: string,
  answer: Refund
): Promise<void> {
  // Two may have asked: whoever comes second finds what the first wrote. One that succeeded may yet be returned by the
  // bank, weeks later: https://docs.stripe.com/refunds#failed-refunds
  const before = await lockRefund(tx, scope, id)
  const found = await findRefund(tx, scope, id)
  if (!found || !before || before === 'failed' || (before === 'succeeded' && answer.state !== 'failed')) return
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
    if (before === 'pending' || before === 'succeeded')
      await appendLedger(tx, { ...line, entry: 'refund_failed', amount: refund.amount })
    return tellFailed(deps, tx, scope, id, bookingId)
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
