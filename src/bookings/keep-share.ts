import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { lessenDues } from '../payments/due-store.ts'
import { findRefundable, refundBooking } from '../payments/refund.ts'
import type { Booking } from './booking.ts'
import { countedAppointments } from './paused.ts'
import { leftFor } from './quote-skip.ts'
import { setShare } from './skip-store.ts'

/**
 * What is kept of a step that was called off late, its share from now on. What is over goes back as far as it was paid, and
 * is owed no more where it was to come with a later instalment. The caller has locked the dues.
 */
export async function keepShare(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  booking: Booking,
  id: string,
  { fee, refund }: { fee: number; refund: number }
): Promise<void> {
  await setShare(tx, scope, id, fee)
  if (refund === 0) return
  const payments = await findRefundable(tx, scope, booking.id)
  const paid = payments.reduce((sum, { left }) => sum + left, 0)
  const left = leftFor(await countedAppointments(tx, scope, booking), paid, deps.now())
  const back = Math.min(refund, left)
  await refundBooking(deps, tx, scope, payments, { ...booking.price, amount: back }, 'called off late')
  await lessenDues(tx, scope, booking.id, refund - back)
}
