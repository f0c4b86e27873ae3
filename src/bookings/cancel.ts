import type { Stretch } from '../../db/schema/columns.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Transaction } from '../kernel/database.ts'
import { emit } from '../kernel/events.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { endDues, lockDues } from '../payments/due-store.ts'
import { findRefundable, refundBooking } from '../payments/refund.ts'
import { dropAppointments } from './appointment-store.ts'
import { type Booking, move, noSuchBooking } from './booking.ts'
import { type By, type Cancellation, letGo, quoteOver } from './cancellation.ts'
import { findCancellation, insertCancellation } from './cancellation-store.ts'
import { endBooking } from './end-booking.ts'
import { graceOf } from './fee-grace.ts'
import { mustBeInTheWay } from './in-the-way.ts'
import { findMoving } from './list-moves.ts'
import { lockWithResources } from './lock-store.ts'
import { closeProposals } from './move-store.ts'
import { noteWish } from './note-wish.ts'
import { aheadAt } from './paused.ts'
import { byOf, countedAt, decide, mustBeAhead, toldOf } from './quote-cancellation.ts'
import { release } from './release.ts'
import { voidDuesOf } from './series-store.ts'
import { findBooking, saveBooking } from './store.ts'

/** How a booking is cancelled. */
interface Cancelling {
  shown?: number | undefined
  by?: By | undefined
  absence?: { appointment: string; during: Stretch }
}

/**
 * Cancels a booking: its times are free, what the policy says goes back, calendars hear of it by a higher SEQUENCE. One
 * that was never confirmed is let go: a request ends at once, a hold by the fence. Asked twice, it answers what came of
 * the first.
 * @param how `shown`: the refund that its reader saw (minor units); a smaller one is not taken silently. `by`: who cancels,
 * where staff write down what a client told them: the client's bands count then. `absence`: only while an appointment of it, with
 * all that belongs together, lies there
 * @throws no-such-booking; wrong-state where it has begun or is over; quote-over, not-in-the-way
 */
export async function cancel(
  deps: PaymentDeps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  { shown, by = byOf(actor), absence }: Cancelling = {}
): Promise<Cancellation> {
  const outcome = await deps.db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, id)
    if (!booking) throw noSuchBooking('There is no such booking')
    await lockDues(tx, scope, id)
    const done = await findCancellation(tx, scope, id)
    if (done) return { ...done, decideBy: done.decision ? null : done.decideBy }
    if (absence) mustBeInTheWay(await findMoving(tx, scope, booking, absence.appointment), absence.during)
    if (booking.state === 'held' || booking.state === 'releasing') return 'to release' as const
    if (booking.state !== 'requested') return cancelConfirmed(deps, tx, scope, actor, booking, by, shown)
    await noteWish(deps, tx, scope, id, actor)
    await endBooking(deps, tx, scope, booking, 'expired', actorName(actor))
    return letGo
  })
  if (outcome !== 'to release') return outcome
  await release(deps, scope, id, actor)
  // Confirmed in the very moment before: it is cancelled as what it is now.
  const after = await findBooking(deps.db, scope, id)
  if (after?.state === 'confirmed') return cancel(deps, scope, actor, id, { by })
  return (await findCancellation(deps.db, scope, id)) ?? letGo
}

async function cancelConfirmed(
  deps: PaymentDeps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking,
  by: By,
  shown: number | undefined
): Promise<Cancellation> {
  const now = deps.now()
  const { planned, next } = await aheadAt(tx, scope, booking, now, await toldOf(tx, scope, actor, booking, by))
  mustBeAhead(booking, next, now)
  const outcome = await decide(tx, scope, booking, by, await countedAt(deps, tx, scope, actor, booking.id))
  if (shown !== undefined && outcome.refund < shown) throw quoteOver('Look at what comes back now, and decide again')
  await saveBooking(tx, scope, move(booking, 'cancelled', now))
  await dropAppointments(
    tx,
    scope,
    planned.map(({ id }) => id),
    { state: 'cancelled', at: now }
  )
  await closeProposals(tx, scope, { booking: booking.id }, 'withdrawn', now)
  const ids = planned.map(({ id }) => id)
  // Of a series without an end what took place stays owed.
  if (booking.openEnded) await voidDuesOf(tx, scope, ids)
  else await endDues(tx, scope, booking.id, outcome.owed ?? 0)
  const payments = await findRefundable(tx, scope, booking.id)
  await refundBooking(deps, tx, scope, payments, { ...booking.price, amount: outcome.refund }, `cancelled by the ${by}`)
  const decideBy = await graceOf(tx, scope, booking.id, outcome, now)
  const practice = scope.practice.id
  const name = actorName(actor)
  await insertCancellation(tx, {
    practiceId: practice,
    bookingId: booking.id,
    by,
    actor: name,
    at: now,
    decideBy,
    ...outcome
  })
  if (actor.kind === 'staff')
    await record(tx, deps.now, {
      practice,
      actor: name,
      kind: by === 'client' ? 'cancelled-for-client' : 'cancelled',
      subjects: [booking.id, booking.clientId]
    })
  await emit(deps, tx, { practice, actor: name, kind: 'booking.cancelled', subjects: { booking: booking.id } })
  return { ...outcome, decideBy }
}
