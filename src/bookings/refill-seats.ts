import { depositOf } from '../catalog/session-type.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import type { Money } from '../kernel/money.ts'
import { lockDues } from '../payments/due-store.ts'
import { kept } from '../payments/policy.ts'
import { findRefundable, refundBooking } from '../payments/refund.ts'
import { addBack } from './cancellation-store.ts'
import { lockEdition } from './edition-store.ts'
import { findBooking, lockBooking } from './store.ts'
import { listRefillable, listUnpaired, saveEntry } from './waitlist-store.ts'

/**
 * Whoever cancelled a seat that was filled from the line gets back all but what the policy keeps of a refilled seat. The
 * first seat that was cancelled is the first that is filled. Safe to repeat: asked when a booking is confirmed, and when
 * somebody has decided over a fee.
 */
export async function refillSeats(deps: Deps, scope: PracticeScope, bookingId: string): Promise<void> {
  const editionId = (await findBooking(deps.db, scope, bookingId))?.editionId
  if (!editionId) return
  await deps.db.transaction(async tx => {
    const edition = await lockEdition(tx, scope, editionId)
    const type = edition && (await findVersion(tx, scope, edition.sessionTypeId, edition.version))
    const refilled = type?.policy.refilled
    if (!refilled) return
    const keep = (price: Money) => kept(refilled, price, (depositOf({ ...type, price }) ?? price).amount)
    const empty = await listRefillable(tx, scope, editionId)
    for (const entry of await listUnpaired(tx, scope, editionId)) {
      const cancelled = empty.find(({ endedAt }) => endedAt <= (entry.endedAt ?? endedAt))
      if (!cancelled) continue
      empty.splice(empty.indexOf(cancelled), 1)
      await saveEntry(tx, scope, entry.id, { refillsId: cancelled.booking })
      await giveBack(deps, tx, scope, cancelled, keep)
    }
  })
}

/** What is kept beyond that goes back; where less was kept, nothing changes. */
async function giveBack(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  { booking: id, fee }: { booking: string; fee: number },
  keep: (price: Money) => number
): Promise<void> {
  const booking = await lockBooking(tx, scope, id)
  if (!booking) throw new Error(`The booking ${id} is gone`)
  await lockDues(tx, scope, id)
  const payments = await findRefundable(tx, scope, id)
  // Somebody may have sent part of it back at Stripe's own pages meanwhile.
  const left = payments.reduce((sum, one) => sum + one.left, 0)
  const back = Math.min(fee - keep(booking.price), left)
  if (back <= 0) return
  await refundBooking(deps, tx, scope, payments, { ...booking.price, amount: back }, 'the place was filled again')
  await addBack(tx, scope, id, back)
  const practice = scope.practice.id
  await emit(deps, tx, { practice, actor: 'system', kind: 'fee.decided', subjects: { booking: id } })
}
