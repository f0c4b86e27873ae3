import type { Stretch } from '../../db/schema/columns.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { lockDues } from '../payments/due-store.ts'
import { dropAppointments } from './appointment-store.ts'
import { findCallable } from './callable.ts'
import { type CalledOff, gaveWay } from './calling-off.ts'
import { type By, quoteOver } from './cancellation.ts'
import { conclude } from './conclude.ts'
import { mustBeInTheWay } from './in-the-way.ts'
import { keepShare } from './keep-share.ts'
import { withAppointment } from './lock-appointment.ts'
import { closeProposals } from './move-store.ts'
import { decideCallOff, graceOfStep } from './quote-call-off.ts'
import { byOf } from './quote-cancellation.ts'
import { skipCountedAt } from './quote-skip.ts'
import { replaceSkip } from './skip-store.ts'

/**
 * Calls off one step: its time is free, everybody's entry is taken out by a higher SEQUENCE. In time it is open again and
 * its share stays paid; later its share is kept, of two only by the word of staff. What follows a step for both and cannot
 * stay before it has its time again gives way: it is open, too, and costs nothing.
 * @param how `shown`: what its reader saw to be kept (minor units); more is not kept silently. `by`: who calls it off,
 * where staff write down what a client told them. `absence`: only while it lies there
 * @throws no-such-appointment, wrong-state, not-skippable, quote-over, not-in-the-way
 */
export async function callOff(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  { shown, by = byOf(actor), absence }: { shown?: number | undefined; by?: By | undefined; absence?: Stretch } = {}
): Promise<CalledOff> {
  return withAppointment(deps, scope, id, async (tx, { booking, moved }) => {
    const now = deps.now()
    mustBeInTheWay({ moved }, absence)
    await lockDues(tx, scope, booking.id)
    const callable = await findCallable(tx, scope, booking, id, now)
    const { step, gives } = callable
    const at = await skipCountedAt(deps, tx, scope, actor, booking.id, id)
    const outcome = await decideCallOff(tx, scope, booking, callable, by, at)
    if (shown !== undefined && outcome.fee > shown) throw quoteOver('Look at what is kept now, and decide again')
    const decideBy = await graceOfStep(tx, scope, booking, step, outcome, now)
    const open = [...gives.map(({ id }) => id), ...(outcome.opens ? [id] : [])]
    if (open.length > 0) await dropAppointments(tx, scope, open, { state: 'cancelled', at: now })
    if (!outcome.opens) await dropAppointments(tx, scope, [id], { state: 'skipped', at: now })
    for (const one of [step, ...gives]) await closeProposals(tx, scope, { appointment: one.id }, 'withdrawn', now)
    if (!outcome.opens && !decideBy) await keepShare(deps, tx, scope, booking, id, outcome)
    const practice = scope.practice.id
    const name = actorName(actor)
    const row = (one: typeof step) => gaveWay(one, by, name, now)
    const { band, refund, fee } = outcome
    await replaceSkip(tx, { ...row(step), band, refund, fee, decideBy })
    for (const one of gives) await replaceSkip(tx, row(one))
    await conclude(tx, scope, booking, now)
    if (actor.kind === 'staff')
      await record(tx, deps.now, { practice, actor: name, kind: 'step-called-off', subjects: [booking.id, id] })
    const subjects = { booking: booking.id, appointment: id }
    await emit(deps, tx, { practice, actor: name, kind: 'step.called-off', subjects })
    return { ...outcome, decideBy }
  })
}
