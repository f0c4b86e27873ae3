import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Money } from '../kernel/money.ts'
import type { Booking } from './booking.ts'
import { findCancellation, listProposals, type Proposal } from './change-store.ts'

/** What changed of a booking, or may: what came of its cancellation, and the proposal that waits for an answer. */
export interface Changes {
  cancellation: { by: 'client' | 'practice'; refund: Money; fee: Money } | undefined
  proposal: Pick<Proposal, 'appointmentId' | 'startsAt' | 'by' | 'expiresAt'> | undefined
}

export async function readChanges({ db, now }: Deps, scope: PracticeScope, booking: Booking): Promise<Changes> {
  const done = await findCancellation(db, scope, booking.id)
  const money = (amount: number): Money => ({ amount, currency: booking.price.currency })
  const open = (await listProposals(db, scope, [booking.id])).find(
    ({ state, expiresAt }) => state === 'open' && expiresAt > now()
  )
  return {
    cancellation: done && { by: done.by, refund: money(done.refund), fee: money(done.fee) },
    proposal: open
  }
}
