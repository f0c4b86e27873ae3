import { findAppointment } from '../bookings/appointment-store.ts'
import { findCancellation } from '../bookings/cancellation-store.ts'
import { findSkip } from '../bookings/skip-store.ts'
import { hasOpenSteps } from '../catalog/plan.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { isBookers } from './canceller.ts'
import { findBooking } from './store.ts'
import { tell, tellBooker, tellTherapist } from './tell.ts'

/** Staff decided over a late fee of two, or nobody did in time: only who pays hears of it. */
export async function tellFee(deps: Deps, scope: PracticeScope, booking: string, appointment: string): Promise<void> {
  const skip = appointment ? await findSkip(deps.db, scope, appointment) : undefined
  const decided = skip ?? (await findCancellation(deps.db, scope, booking))
  const kept = decided?.decision === 'keep'
  const template = kept ? 'fee-kept' : 'fee-waived'
  const found = await findBooking(deps.db, scope, booking)
  const personId = found?.bookerId
  const step = appointment && found && hasOpenSteps(found.plan)
  // Of the other's own step whoever pays hears nothing; and one that is open again is asked for anew.
  if (step && (!kept || (await findAppointment(deps.db, scope, appointment))?.who === 'second')) return
  const subjectId = skip ? appointment : booking
  if (personId) await tell(deps, scope, [{ personId, template, subjectId, cause: `${template}:${subjectId}` }])
}

/**
 * A payment for a time that had gone comes back: because it was free again and taken, because they gave it back, or because
 * somebody else did, and that is not said.
 */
export async function tellRefunded(deps: Deps, scope: PracticeScope, booking: string): Promise<void> {
  const letGo = await findCancellation(deps.db, scope, booking)
  const back = letGo && ((await isBookers(deps, scope, booking, letGo)) ? 'refunded-own' : 'refunded-other')
  await tellBooker(deps, scope, booking, back ?? 'refunded')
  const late = (await findBooking(deps.db, scope, booking))?.state === 'expired'
  if (late) await tellTherapist(deps, scope, booking, 'staff-refunded', `staff-refunded:${booking}`)
}

/** The therapist hears of money that somebody sent back at Stripe's own pages. */
export async function tellRefundedElsewhere(deps: Deps, scope: PracticeScope, booking: string, refund: string) {
  await tellTherapist(deps, scope, booking, 'staff-refund-external', `staff-refund-external:${refund}`)
}

/** The therapist hears of money that is owed and cannot be sent back by the card. */
export async function tellRefundFailed(deps: Deps, scope: PracticeScope, booking: string, refund: string) {
  await tellTherapist(deps, scope, booking, 'staff-refund-failed', `staff-refund-failed:${refund}`)
}
