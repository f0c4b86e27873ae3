import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { checkoutMinutes } from './attempt.ts'
import type { Due } from './due.ts'
import { insertAttempt } from './store.ts'

/**
 * Writes the next attempt of a due before anybody calls Stripe, with the key that every try of that call will carry: an
 * answer that never came is asked for again by the same key and makes nothing twice.
 * @param number the last attempt's number + 1; only after a definite answer to the last
 */
export async function planAttempt(
  { now }: Deps,
  tx: Transaction,
  { practice }: PracticeScope,
  due: Pick<Due, 'id'>,
  number: number
): Promise<string> {
  const id = newId()
  await insertAttempt(tx, {
    practiceId: practice.id,
    id,
    dueId: due.id,
    number,
    kind: 'checkout',
    idempotencyKey: `checkout:${due.id}:${number}`,
    state: 'created',
    createdAt: now(),
    expiresAt: now().plus({ minutes: checkoutMinutes }).startOf('second')
  })
  return id
}
