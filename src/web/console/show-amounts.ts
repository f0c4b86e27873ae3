import { readBooking } from '../../bookings/read-booking.ts'
import { readChanges } from '../../bookings/read-changes.ts'
import { findBooking } from '../../bookings/store.ts'
import type { Actor } from '../../identity/actor.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { type Money, moneyText } from '../../kernel/money.ts'

/** A booking for who sees what it costs, and no time. @throws no-such-booking */
export async function showAmounts(deps: Deps, scope: PracticeScope, actor: Actor, id: string) {
  const view = await readBooking(deps, scope, actor, id)
  const booking = await findBooking(deps.db, scope, id)
  const cancellation = view.price && booking && (await readChanges(deps, scope, actor, booking)).cancellation
  return { booking: view, cancelled: cancellation && `Cancelled: ${sumsOf(cancellation)}` }
}

/** What came back of a cancellation, and what was kept. */
export function sumsOf({ refund, fee }: { refund: Money; fee: Money }): string {
  return `${moneyText(refund)} back, ${moneyText(fee)} kept`
}
