import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { practiceScopes } from '../identity/scope.ts'
import { record } from '../kernel/audit.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { emit } from '../kernel/events.ts'
import { problem } from '../kernel/problem.ts'
import { findRefundable, refundBooking } from '../payments/refund.ts'
import { lockDues } from '../payments/store.ts'
import { findCancellation, findUndecided, saveDecision } from './change-store.ts'
import { lockWithResources } from './lock-booking.ts'
import { mustBeOwn } from './read-booking.ts'

export const nothingToDecide = problem('nothing-to-decide', 409, 'There is no fee to decide on')

/**
 * Staff's word on the late fee of an appointment of two: kept, or all of it goes back. Only the payer hears of it.
 * @throws nothing-to-decide where there is none, it was decided, or the time for it is over; not-allowed
 */
export async function decideFee(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  bookingId: string,
  { keep, reason }: { keep: boolean; reason?: string | undefined }
): Promise<void> {
  await mustBeOwn(deps, scope, actor, bookingId)
  await deps.db.transaction(async tx => {
    const undecided = await lockUndecided(tx, scope, bookingId)
    if (!undecided || undecided.decideBy <= deps.now())
      throw nothingToDecide('It was decided already, or nothing was to be kept')
    const practice = scope.practice.id
    const audited = { practice, actor: actorName(actor), kind: keep ? 'fee-kept' : 'fee-waived', subjects: [bookingId] }
    await record(tx, deps.now, { ...audited, ...(reason && { why: reason }) })
    await settleFee(deps, tx, scope, bookingId, keep ? 'keep' : 'waive', undecided.fee, actorName(actor))
  })
}

/** What nobody decided in time goes back: a late fee of two is never kept by itself. Asked each minute. */
export async function lapseFees(deps: Deps): Promise<void> {
  const scopes = practiceScopes(deps)
  await forEachApart(await findUndecided(deps.db, deps.now()), async ({ practice, booking }) => {
    const scope = await scopes.forId(practice)
    await deps.db.transaction(async tx => {
      const undecided = await lockUndecided(tx, scope, booking)
      if (undecided && undecided.decideBy <= deps.now())
        await settleFee(deps, tx, scope, booking, 'lapse', undecided.fee, 'system')
    })
  })
}

/** Under the locks of a cancellation, in their order: resources, booking, dues. */
async function lockUndecided(tx: Transaction, scope: PracticeScope, bookingId: string) {
  await lockWithResources(tx, scope, bookingId)
  await lockDues(tx, scope, bookingId)
  const cancellation = await findCancellation(tx, scope, bookingId)
  if (!cancellation?.decideBy || cancellation.decision) return undefined
  return { fee: cancellation.fee, decideBy: cancellation.decideBy }
}

async function settleFee(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  bookingId: string,
  decision: 'keep' | 'waive' | 'lapse',
  fee: number,
  actor: string
): Promise<void> {
  const back = decision === 'keep' ? 0 : fee
  if (back > 0) {
    const payments = await findRefundable(tx, scope, bookingId)
    // Somebody may have sent part of it back at Stripe's own pages meanwhile.
    const left = payments.reduce((sum, { left }) => sum + left, 0)
    await refundBooking(deps, tx, scope, payments, Math.min(back, left), 'late fee waived')
  }
  await saveDecision(tx, scope, bookingId, decision, back, deps.now())
  await emit(deps, tx, { practice: scope.practice.id, actor, kind: 'fee.decided', subjects: { booking: bookingId } })
}
