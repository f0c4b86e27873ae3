import type { PracticeScope } from '../identity/practice.ts'
import { type Transaction, together } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { type Attempt, isLive } from './attempt.ts'
import type { Checkout } from './gateway.ts'
import { appendLedger, setDueState, updateAttempt } from './store.ts'

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
 * Writes it down, once: a payment becomes a ledger line and pays its due; an expired Checkout ends the attempt. Inside the
 * transaction that has locked booking, dues and attempt.
 */
export async function record(
  { now }: Deps,
  tx: Transaction,
  scope: PracticeScope,
  attempt: Attempt,
  { state, paid, payment, amount }: Checkout
): Promise<void> {
  if (attempt.state === 'succeeded') return
  if (paid && payment)
    await together(
      updateAttempt(tx, scope, attempt.id, { state: 'succeeded', paymentId: payment }),
      setDueState(tx, scope, attempt.dueId, 'paid'),
      appendLedger(tx, {
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
    )
  else if (state === 'expired' && isLive(attempt))
    await updateAttempt(tx, scope, attempt.id, { state: 'cancelled', code: 'expired' })
}
