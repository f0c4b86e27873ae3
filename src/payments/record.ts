import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import type { Write } from '../kernel/rows.ts'
import { type Attempt, isLive } from './attempt.ts'
import { attemptChange } from './attempt-store.ts'
import { dueChange } from './due-store.ts'
import type { Checkout } from './gateway.ts'
import { ledgerRows } from './ledger-store.ts'

/**
 * What Stripe's word of an attempt means for us, whoever asks and however often.
 * @param isCharged whether the ledger has this payment already
 * @returns `paid` as long as it is not written down, `known` ever after
 */
export function outcomeOf(
  attempt: Pick<Attempt, 'state'>,
  { state, paid, payment }: Checkout,
  isCharged: boolean
): 'paid' | 'known' | 'ended' | 'open' {
  if (attempt.state === 'succeeded') return 'known'
  if (paid && payment) return isCharged ? 'known' : 'paid'
  return state === 'expired' ? 'ended' : 'open'
}

/**
 * What writes it down, once: a payment becomes a ledger line and pays its due; an expired Checkout ends the attempt. For
 * the transaction that has locked booking, dues and attempt.
 */
export function recordRows(
  { now }: Pick<Deps, 'now'>,
  scope: PracticeScope,
  attempt: Attempt,
  { state, paid, payment, amount }: Checkout
): Write[] {
  if (attempt.state === 'succeeded') return []
  if (paid && payment)
    return [
      attemptChange(scope, attempt.id, { state: 'succeeded', paymentId: payment }),
      dueChange(scope, attempt.dueId, 'paid'),
      ledgerRows({
        practiceId: scope.practice.id,
        id: newId(),
        dueId: attempt.dueId,
        payerId: attempt.payerId,
        entry: 'charge',
        amount: amount.amount,
        currency: amount.currency,
        stripeId: payment,
        at: now()
      })
    ]
  if (state === 'expired' && isLive(attempt))
    return [attemptChange(scope, attempt.id, { state: 'cancelled', code: 'expired' })]
  return []
}
