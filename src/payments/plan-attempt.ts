import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import type { Rows } from '../kernel/rows.ts'
import { type Attempt, checkoutMinutes } from './attempt.ts'
import { attemptRows } from './attempt-store.ts'
import type { Due } from './due.ts'

/**
 * The next attempt of a due, to be written before anybody calls Stripe, with the key that every try of that call will carry: an
 * answer that never came is asked for again by the same key and makes nothing twice.
 * @param number the last attempt's number + 1; only after a definite answer to the last
 */
export function planAttempt(
  { now }: Deps,
  { practice }: PracticeScope,
  bookingId: string,
  { id: dueId, payerId, amount }: Pick<Due, 'id' | 'payerId' | 'amount'>,
  number: number
): { attempt: Attempt; rows: Rows[] } {
  const row = {
    id: newId(),
    dueId,
    number,
    idempotencyKey: `checkout:${dueId}:${number}`,
    state: 'created' as const,
    checkoutId: null,
    paymentId: null,
    url: null,
    expiresAt: now().plus({ minutes: checkoutMinutes }).startOf('second')
  }
  return {
    attempt: { ...row, bookingId, payerId, amount },
    rows: attemptRows({ ...row, practiceId: practice.id, kind: 'checkout', createdAt: now() })
  }
}
