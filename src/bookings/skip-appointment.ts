import type { Stretch } from '../../db/schema/columns.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { lockDues } from '../payments/due-store.ts'
import { findRefundable, refundBooking } from '../payments/refund.ts'
import { dropAppointments } from './appointment-store.ts'
import { type By, quoteOver } from './cancellation.ts'
import { conclude } from './conclude.ts'
import { graceOf } from './fee-grace.ts'
import { mustBeInTheWay } from './in-the-way.ts'
import { withAppointment } from './lock-appointment.ts'
import { closeProposals } from './move-store.ts'
import { byOf } from './quote-cancellation.ts'
import { decideSkip, skipCountedAt, skippable } from './quote-skip.ts'
import { voidDuesOf } from './series-store.ts'
import { insertSkip } from './skip-store.ts'
import type { Skipped } from './skipping.ts'

/**
 * Lets one appointment of several fall: its time is free, what of its share is not kept goes back, everybody's entry is
 * taken out by a higher SEQUENCE. The others stay as they are.
 * @param how `shown`: what its reader saw to come back (minor units); less is not taken silently. `by`: who lets it fall,
 * where staff write down what a client told them. `absence`: only while it lies there
 * @throws no-such-appointment, wrong-state, not-skippable, quote-over, not-in-the-way
 */
export async function skipAppointment(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  { shown, by = byOf(actor), absence }: { shown?: number | undefined; by?: By | undefined; absence?: Stretch } = {}
): Promise<Skipped> {
  return withAppointment(deps, scope, id, async (tx, { booking, moved }) => {
    const now = deps.now()
    mustBeInTheWay({ moved }, absence)
    await lockDues(tx, scope, booking.id)
    const appointment = await skippable(tx, scope, booking, id, now)
    const at = await skipCountedAt(deps, tx, scope, actor, booking.id, id)
    const { outcome } = await decideSkip(tx, scope, booking, id, by, at)
    if (shown !== undefined && outcome.refund < shown) throw quoteOver('Look at what comes back now, and decide again')
    await dropAppointments(tx, scope, [id], { state: 'skipped', price: outcome.fee, at: now })
    await closeProposals(tx, scope, { appointment: id }, 'withdrawn', now)
    await voidDuesOf(tx, scope, [id])
    const payments = await findRefundable(tx, scope, booking.id)
    await refundBooking(
      deps,
      tx,
      scope,
      payments,
      { ...booking.price, amount: outcome.refund },
      `let fall by the ${by}`
    )
    const decideBy = await graceOf(tx, scope, booking.id, outcome, now)
    const practice = scope.practice.id
    const name = actorName(actor)
    const { band, counted, refund, fee } = outcome
    const money = { band, counted, refund, fee, decideBy }
    const { startsAt } = appointment
    await insertSkip(tx, {
      practiceId: practice,
      appointmentId: id,
      bookingId: booking.id,
      by,
      actor: name,
      at: now,
      startsAt,
      ...money
    })
    // Where all the others are over, the booking is.
    await conclude(tx, scope, booking, now)
    if (actor.kind === 'staff')
      await record(tx, deps.now, { practice, actor: name, kind: 'skipped', subjects: [booking.id, id] })
    const subjects = { booking: booking.id, appointment: id }
    await emit(deps, tx, { practice, actor: name, kind: 'appointment.skipped', subjects })
    return { ...outcome, decideBy }
  })
}
