import type { DateTime } from 'luxon'
import { hasOpenSteps } from '../catalog/plan.ts'
import { findVersion } from '../catalog/store.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { practiceScopes } from '../identity/scope.ts'
import { record } from '../kernel/audit.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { emit } from '../kernel/events.ts'
import type { Money } from '../kernel/money.ts'
import { problem } from '../kernel/problem.ts'
import { lockDues } from '../payments/due-store.ts'
import { findRefundable, refundBooking } from '../payments/refund.ts'
import type { Booking } from './booking.ts'
import { findCancellation, findUndecided, saveDecision } from './cancellation-store.ts'
import { keepShare } from './keep-share.ts'
import { lockWithResources } from './lock-store.ts'
import { mustBeOwn } from './read-booking.ts'
import { changeSkip, findSkip, findUndecidedSkips, listSkips, openAgain, type SkipRow, setShare } from './skip-store.ts'
import { isUndecided } from './skipping.ts'
import { findBooking } from './store.ts'

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
    await settleFee(deps, tx, scope, bookingId, keep ? 'keep' : 'waive', undecided, actorName(actor))
  })
}

/** What nobody decided in time goes back: a late fee of two is never kept by itself. Asked each minute. */
export async function lapseFees(deps: Deps): Promise<void> {
  const scopes = practiceScopes(deps)
  const due = [...(await findUndecided(deps.db, deps.now())), ...(await findUndecidedSkips(deps.db, deps.now()))]
  await forEachApart(due, async ({ practice, booking }) => {
    const scope = await scopes.forId(practice)
    await deps.db.transaction(async tx => {
      const undecided = await lockUndecided(tx, scope, booking)
      if (undecided && undecided.decideBy <= deps.now())
        await settleFee(deps, tx, scope, booking, 'lapse', undecided, 'system')
    })
  })
}

/** Under the locks of a cancellation, in their order: resources, booking, dues. */
async function lockUndecided(tx: Transaction, scope: PracticeScope, bookingId: string) {
  const booking = await lockWithResources(tx, scope, bookingId)
  await lockDues(tx, scope, bookingId)
  const cancellation = await findCancellation(tx, scope, bookingId)
  if (!booking) return undefined
  const feeOf = (amount: number) => ({ ...booking.price, amount })
  if (cancellation?.decideBy && !cancellation.decision)
    return { fee: feeOf(cancellation.fee), decideBy: cancellation.decideBy, appointment: undefined }
  const skip = await findUndecidedSkip(tx, scope, bookingId)
  return skip && { fee: feeOf(skip.fee), decideBy: skip.decideBy, appointment: skip.appointmentId }
}

/** What was late of a booking and waits for the word of staff, the earliest first: one appointment that was let fall. */
export async function findUndecidedSkip(db: Executor, scope: PracticeScope, bookingId: string) {
  // What was made up for took place for its fee: there is nothing left to decide.
  for (const { decideBy, ...skip } of await listSkips(db, scope, [bookingId]))
    if (decideBy && isUndecided({ decideBy, ...skip })) return { ...skip, decideBy }
  return undefined
}

async function settleFee(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  bookingId: string,
  decision: 'keep' | 'waive' | 'lapse',
  { fee, appointment }: { fee: Money; appointment: string | undefined },
  actor: string
): Promise<void> {
  const step = appointment && (await findStepOf(tx, scope, bookingId, appointment))
  const back = decision === 'keep' || step ? 0 : fee.amount
  if (back > 0) {
    const payments = await findRefundable(tx, scope, bookingId)
    // Somebody may have sent part of it back at Stripe's own pages meanwhile.
    const left = payments.reduce((sum, { left }) => sum + left, 0)
    await refundBooking(deps, tx, scope, payments, { ...fee, amount: Math.min(back, left) }, 'late fee waived')
  }
  const now = deps.now()
  if (step) await settleStep(deps, tx, scope, step, decision)
  else if (appointment) await saveSkipDecision(tx, scope, appointment, decision, back, now)
  else await saveDecision(tx, scope, bookingId, decision, back, now)
  const subjects = { booking: bookingId, ...(appointment && { appointment }) }
  await emit(deps, tx, { practice: scope.practice.id, actor, kind: 'fee.decided', subjects })
}

/** The booking of a step that was called off; undefined where the appointment was skipped. */
async function findStepOf(tx: Transaction, scope: PracticeScope, bookingId: string, appointment: string) {
  const booking = await findBooking(tx, scope, bookingId)
  const type = booking && (await findVersion(tx, scope, booking.sessionTypeId, booking.version))
  const skip = await findSkip(tx, scope, appointment)
  return booking && skip && type && hasOpenSteps(type.plan) ? { booking, skip } : undefined
}

/** A step is no more and its share is kept; or it is open again, as if it had been called off in time. */
async function settleStep(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  { booking, skip }: { booking: Booking; skip: SkipRow },
  decision: 'keep' | 'waive' | 'lapse'
): Promise<void> {
  const { appointmentId: id, fee, refund } = skip
  const settled = { decision, decidedAt: deps.now() }
  if (decision === 'keep') await keepShare(deps, tx, scope, booking, id, { fee, refund })
  else await openAgain(tx, scope, id)
  await changeSkip(tx, scope, id, decision === 'keep' ? settled : { ...settled, fee: 0, refund: 0 })
}

/** What of the share goes back is kept no more. */
async function saveSkipDecision(
  tx: Transaction,
  scope: PracticeScope,
  appointment: string,
  decision: 'keep' | 'waive' | 'lapse',
  back: number,
  decidedAt: DateTime
): Promise<void> {
  const skip = await findSkip(tx, scope, appointment)
  if (!skip) throw new Error(`Nothing was let fall of the appointment ${appointment}`)
  const fee = skip.fee - back
  await changeSkip(tx, scope, appointment, { decision, decidedAt, refund: skip.refund + back, fee })
  await setShare(tx, scope, appointment, fee)
}
