import type { PracticeScope } from '../identity/practice.ts'
import { practiceScopes } from '../identity/scope.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import type { PaymentDeps } from './deps.ts'
import { GatewayError, type Refund } from './gateway.ts'
import { appendLedger } from './ledger-store.ts'
import { findOpenRefunds, findRefund, lockRefund, updateRefund } from './refund-store.ts'

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

/** Refunds that Stripe has not settled yet are asked for again, a hundred a round, in turn. */
export async function pursueRefunds(deps: PaymentDeps): Promise<void> {
  const scopes = practiceScopes(deps)
  const now = deps.now()
  await forEachApart(await findOpenRefunds(deps.db), async ({ practice, refund }) => {
    const scope = await scopes.forId(practice)
    // Written down first: one that fails stands behind the others.
    await updateRefund(deps.db, scope, refund, { askedAt: now })
    await pursueRefund(deps, scope, refund)
  })
}

/** Writes down what Stripe says of a refund, once, whoever asks and however often. */
export async function recordRefund(
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
