import type { DateTime } from 'luxon'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { constraintOf, type Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { practiceYes } from './acceptance.ts'
import { answerLocked } from './answer-move.ts'
import { findAppointments } from './appointment-store.ts'
import { type Booking, slotTaken } from './booking.ts'
import type { By } from './cancellation.ts'
import { type Appointment, type LaterRow, layLater, mustAllBeFree, placesOf, rowsOf } from './later.ts'
import { writeAllLater } from './lay-proposed.ts'
import { findMoving } from './list-moves.ts'
import { type Locked, withAppointment } from './lock-appointment.ts'
import { membersOf, voiceOf } from './members.ts'
import type { Moved } from './move-appointment.ts'
import { closeProposals } from './move-store.ts'
import { movesUsed, needsYes, yesesToMove } from './moving.ts'
import { proposeMove, wishFor } from './propose-move.ts'
import { byOf } from './quote-cancellation.ts'
import { refreshBefore } from './refresh-before.ts'
import { mustSuitLater } from './suit-move.ts'

/** What moving an appointment and all later ones would mean: each at its new time, free or not. Nothing is changed. */
export async function quoteLater(
  { db, now }: Deps,
  scope: PracticeScope,
  booking: Booking,
  appointmentId: string,
  start: DateTime
): Promise<LaterRow[]> {
  const those = await laterOnes(db, scope, booking.id, appointmentId, now())
  return rowsOf(await layLater(db, scope, booking, those, start, now()))
}

/**
 * Moves an appointment of a series and all later ones: all of them, or none. Where others must agree it is one proposal: its
 * times are kept until the last yes, a no or its end.
 * @param how `wishes`: where single ones are wanted instead, in their order. `agreed`: staff say that the clients have
 * @throws no-such-appointment, wrong-state, not-skippable, slot-taken and not-offered with alternatives, too-soon
 */
export async function moveLater(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  start: DateTime,
  { wishes, agreed = false }: { wishes?: readonly (DateTime | undefined)[] | undefined; agreed?: boolean } = {}
): Promise<Moved> {
  await refreshBefore(deps, scope, id)
  const moved = withAppointment<Moved>(deps, scope, id, async (tx, locked) => {
    const { booking } = locked
    const now = deps.now()
    const those = await laterOnes(tx, scope, booking.id, id, now)
    const laid = await layLater(tx, scope, booking, those, start, now, { wishes })
    await mustAllBeFree(deps, scope, laid, start)
    await mustSuitLater(tx, scope, actor, booking, laid, now)
    const together = placesOf(laid, scope).map(({ one, ...place }) => ({ appointmentId: one.id, ...place }))
    const members = await membersOf(tx, scope, booking.id)
    const voice = await voiceOf(tx, scope, actor, members)
    const wanted = agreed ? undefined : await wishFor(deps, tx, scope, id, start, voice, together)
    if (wanted === 'own') return 'proposed'
    if (wanted === 'asked')
      return (await answerLocked(deps, tx, scope, actor, locked, true)) === 'moved' ? 'moved' : 'proposed'
    for (const one of those) await closeProposals(tx, scope, { appointment: one.id }, 'withdrawn', now)
    const proposer = voice === practiceYes ? undefined : voice
    const yeses = agreed ? [] : yesesToMove(members, proposer, await isLate(deps, tx, scope, byOf(actor), locked))
    if (yeses.length === 0) {
      await writeAllLater(deps, tx, scope, actor, booking, laid)
      return 'moved'
    }
    const old = those.map(({ startsAt }) => startsAt)
    await proposeMove(deps, tx, scope, actor, locked, start, { proposer, yeses, old }, together)
    return 'proposed'
  })
  return moved.catch(error => {
    if (constraintOf(error)?.startsWith('occupancy_once')) throw slotTaken('Choose another time')
    throw error
  })
}

/** Whether somebody else is asked before an appointment and all later ones are moved by a client. */
export async function asksFor(deps: Deps, scope: PracticeScope, booking: Booking, id: string): Promise<boolean> {
  if ((await membersOf(deps.db, scope, booking.id)).length > 1) return true
  const { type, moved } = await findMoving(deps.db, scope, booking, id)
  const [one] = moved
  return !!one && (await isLate(deps, deps.db, scope, 'client', { booking, type, appointment: one }))
}

/** Whether the practice must agree, too. */
async function isLate(
  deps: Deps,
  db: Executor,
  scope: PracticeScope,
  by: By,
  { booking, type, appointment }: Pick<Locked, 'booking' | 'type' | 'appointment'>
): Promise<boolean> {
  const used = movesUsed(await findAppointments(db, scope, booking.id), appointment, 'everybody')
  return needsYes(by, type, appointment.startsAt, deps.now(), scope.practice.zone, used)
}

/** The appointment and those after it that stand and are ahead. */
async function laterOnes(
  db: Executor,
  scope: PracticeScope,
  booking: string,
  id: string,
  now: DateTime
): Promise<Appointment[]> {
  const all = await findAppointments(db, scope, booking)
  const from = all.find(one => one.id === id)?.ordinal ?? 0
  return all.filter(({ ordinal, state, startsAt }) => ordinal >= from && state === 'planned' && startsAt > now)
}
