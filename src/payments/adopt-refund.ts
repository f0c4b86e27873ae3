import { z } from 'zod'
import { practiceScopes } from '../identity/scope.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { findAttemptOfPayment, lockAttempt } from './attempt-store.ts'
import type { PaymentDeps } from './deps.ts'
import { GatewayError, notKnown, type Refund } from './gateway.ts'
import { recordRefund } from './pursue-refund.ts'
import { findRefund, findRefundOwner, insertRefund } from './refund-store.ts'

/**
 * A refund of our payments that nobody here asked for, made by a person at Stripe's own pages: it is written down as it is,
 * so that it can be given back no second time, and the therapist hears of it. One that we asked for, or of another use of the
 * account, is left alone. Safe to repeat.
 * @returns `unknown` where no payment of ours is known that it is of: another use of the account, or not settled here yet
 */
export async function adoptRefund(deps: PaymentDeps, stripeId: string): Promise<'ours' | 'unknown'> {
  const { db } = deps
  if (await findRefundOwner(db, stripeId)) return 'ours'
  const made = await findMade(deps, stripeId)
  const known = made?.payment ? await findAttemptOfPayment(db, made.payment) : undefined
  if (!made || !known) return 'unknown'
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
  return 'ours'
}

/** Undefined where Stripe does not know it, as of an event that another account's keys signed. */
async function findMade({ gateway }: PaymentDeps, stripeId: string): Promise<Refund | undefined> {
  return gateway.findRefund(stripeId).catch(error => {
    if (error instanceof GatewayError && error.code === notKnown) return undefined
    throw error
  })
}
