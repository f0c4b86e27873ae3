import { issueLink } from '../identity/links.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Money } from '../kernel/money.ts'
import { isLive } from '../payments/attempt.ts'
import { findAttempts } from '../payments/store.ts'
import { findBooking } from './store.ts'

/** A booking that was just made: for whom, the token that opens it, and the attempt whose Checkout is still to be opened. */
export interface Made {
  person: string
  token: string
  attempt: string | undefined
  price: Money
}

/** For this long the program or browser that booked may read and pay its booking. */
const answerHours = 24

/** @returns the token by which whoever books opens their booking, shown once */
export async function issueToken(
  { now }: Deps,
  db: Executor,
  scope: PracticeScope,
  { id, bookerId }: { id: string; bookerId: string }
): Promise<string> {
  const expiresAt = now().plus({ hours: answerHours })
  return issueLink(db, scope, { purpose: 'booking_answer', person: bookerId, subject: id, expiresAt })
}

/**
 * Goes on with a booking that an earlier run of the same request made before it died. Nobody was given that run's token,
 * of which only the hash is kept: this one gets its own.
 * @returns undefined where no such booking was made
 */
export async function resume(deps: Deps, scope: PracticeScope, id: string): Promise<Made | undefined> {
  const { db } = deps
  const booking = await findBooking(db, scope, id)
  if (!booking) return undefined
  const { bookerId, state, price } = booking
  const attempts = state === 'held' ? await findAttempts(db, scope, id) : []
  const attempt = attempts.find(attempt => isLive(attempt) && !attempt.checkoutId)?.id
  return { person: bookerId, token: await issueToken(deps, db, scope, booking), attempt, price }
}
