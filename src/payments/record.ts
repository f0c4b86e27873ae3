import type { PracticeScope } from '../identity/practice.ts'
import { type Transaction, together } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { type Attempt, isLive } from './attempt.ts'
import type { Checkout } from './gateway.ts'
import { appendLedger, setDueState, updateAttempt } from './store.ts'

/**
 * Writes down what Stripe says of an attempt, once, whoever asks and however often: a payment becomes a ledger line and
 * pays its due; an expired Checkout ends the attempt. Inside the transaction that has locked booking, dues and attempt.
 * @returns `paid` the one time that it was written down, `known` ever after
 */
export async function record(
  { now }: Deps,
  tx: Transaction,
  scope: PracticeScope,
  attempt: Attempt,
  { state, paid, payment, amount }: Checkout
): Promise<'paid' | 'known' | 'ended' | 'open'> {
  const { id } = attempt
  if (attempt.state === 'succeeded') return 'known'
  if (paid && payment) {
    const [, , isNew] = await together(
      updateAttempt(tx, scope, id, { state: 'succeeded', paymentId: payment }),
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
    return isNew ? 'paid' : 'known'
  }
  if (state !== 'expired') return 'open'
  if (isLive(attempt)) await updateAttempt(tx, scope, id, { state: 'cancelled', code: 'expired' })
  return 'ended'
}
