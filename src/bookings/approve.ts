import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import { emit } from '../kernel/events.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { findDues, moveDues } from '../payments/store.ts'
import { move, noSuchBooking, payUntil, wrongState } from './booking.ts'
import { mustHaveCalls } from './calls.ts'
import { endBooking } from './end-booking.ts'
import { forgetHolder } from './hold-store.ts'
import { lockWithResources } from './lock-booking.ts'
import { mustBeOwn } from './read-booking.ts'
import { confirmBooking } from './settle.ts'
import { answerAcceptance, findAcceptances, findAppointments, saveBooking } from './store.ts'

/**
 * The practice's answer to a requested booking. The last yes makes it held, with 48 hours to pay, or confirmed where
 * nothing is due; a no ends it and frees its times. Nothing was charged.
 * @throws no-such-booking; wrong-state where it was answered or lapsed; calls-first where a private call with each comes first
 */
export async function approve(
  deps: PaymentDeps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  { approved, note }: { approved: boolean; note?: string | undefined }
): Promise<void> {
  await mustBeOwn(deps, scope, actor, id)
  await deps.db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, id)
    if (!booking) throw noSuchBooking('There is no such booking')
    if (booking.state !== 'requested') throw wrongState(`This booking is ${booking.state}: there is nothing to approve`)
    const now = deps.now()
    const [first] = await findAppointments(tx, scope, id)
    if (!first || first.startsAt <= now) throw wrongState('This time has begun: it can no longer be approved')
    if (approved) await mustHaveCalls(tx, scope, booking, now)
    const practice = scope.practice.id
    await answerAcceptance(tx, scope, id, 'practice', approved ? 'accept' : 'decline', now)
    const audited = { practice, actor: actorName(actor), kind: approved ? 'approved' : 'declined', subjects: [id] }
    await record(tx, deps.now, { ...audited, ...(note && { why: note }) })
    if (!approved) return endBooking(deps, tx, scope, booking, 'declined', actorName(actor))
    if ((await findAcceptances(tx, scope, id)).some(({ answer }) => answer !== 'accept')) return
    if ((await findDues(tx, scope, id)).length === 0) return confirmBooking(deps, tx, scope, booking, actorName(actor))
    await saveBooking(tx, scope, { ...move(booking, 'held', now), holdUntil: payUntil(now, first.startsAt) })
    await forgetHolder(tx, scope, id)
    await moveDues(tx, scope, id, ['scheduled'], 'open')
    await emit(deps, tx, { practice, actor: actorName(actor), kind: 'booking.approved', subjects: { booking: id } })
  })
}
