import type { DateTime } from 'luxon'
import type { Stretch } from '../../db/schema/columns.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { constraintOf, type Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { practiceYes } from './acceptance.ts'
import { answerLocked } from './answer-move.ts'
import { findAppointments } from './appointment-store.ts'
import { slotTaken, wrongState } from './booking.ts'
import { quoteOver } from './cancellation.ts'
import { mustBeInTheWay } from './in-the-way.ts'
import { layAnew, mustBeFree } from './lay-anew.ts'
import { type Locked, withAppointment } from './lock-appointment.ts'
import { membersAt, voiceOf } from './members.ts'
import { closeProposals } from './move-store.ts'
import { movesUsed, needsYes, yesesToMove } from './moving.ts'
import { whoseOf } from './own-times.ts'
import { proposeMove, wishFor } from './propose-move.ts'
import { byOf } from './quote-cancellation.ts'
import { readBack } from './read-back.ts'
import { refreshBefore } from './refresh-before.ts'
import { mustSuitMove } from './suit-move.ts'

/** What came of a wish to move: done, or a proposal that waits for the other's yes. */
export type Moved = 'moved' | 'proposed'

/**
 * Moves an appointment to another start with the same therapist and place: at once, or as a proposal where others must
 * agree: the practice or the client, and of two clients always the other. Who wants the very time that waits for their
 * answer says yes to it. The time is taken under the same locks and the same constraint as a booking; SEQUENCE rises with it.
 * @param start where it is to begin
 * - `agreed`, staff only: the client has said yes already, by telephone
 * - `shown`: what a cancellation would give back once it is moved, as its reader saw it (minor units); less is not taken
 * silently
 * - `absence`: only while it lies there
 * @throws no-such-appointment, wrong-state, slot-taken and not-offered with alternatives, too-soon, too-far,
 * quote-over, not-in-the-way
 */
export async function moveAppointment(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  start: DateTime,
  {
    agreed = false,
    shown,
    absence
  }: { agreed?: boolean | undefined; shown?: number | undefined; absence?: Stretch } = {}
): Promise<Moved> {
  await refreshBefore(deps, scope, id)
  const moved = withAppointment<Moved>(deps, scope, id, async (tx, locked) => {
    const { appointment, type } = locked
    mustBeInTheWay(locked, absence)
    if (appointment.startsAt.equals(start.toUTC())) throw wrongState('The appointment is at that time already')
    const members = await membersAt(tx, scope, locked.booking.id, appointment.id)
    const voice = await voiceOf(tx, scope, actor, members)
    if (shown !== undefined) await mustGiveBack(deps, tx, scope, locked, start, shown)
    const wanted = agreed ? undefined : await wishFor(deps, tx, scope, appointment.id, start, voice)
    if (wanted === 'own') return 'proposed' // It waits already, and asks nobody twice.
    if (wanted === 'asked')
      return (await answerLocked(deps, tx, scope, actor, locked, true)) === 'moved' ? 'moved' : 'proposed'
    const zone = await mustBeFree(deps, tx, scope, locked, start)
    await mustSuitMove(tx, scope, actor, locked, start, { zone, now: deps.now() })
    await closeProposals(tx, scope, { appointment: id }, 'withdrawn', deps.now())
    const proposer = voice === practiceYes ? undefined : voice
    const whose = await whoseOf(tx, scope, actor, locked.booking)
    const used = movesUsed(await findAppointments(tx, scope, locked.booking.id), appointment, whose)
    const practiceToo = needsYes(byOf(actor), type, appointment.startsAt, deps.now(), scope.practice.zone, used)
    const yeses = agreed ? [] : yesesToMove(members, proposer, practiceToo)
    if (yeses.length > 0) {
      const old = [appointment.startsAt]
      await proposeMove(deps, tx, scope, actor, locked, start, { proposer, yeses, old })
      return 'proposed'
    }
    await layAnew(deps, tx, scope, actor, locked, start, zone, byOf(actor))
    return 'moved'
  })
  return moved.catch(error => {
    if (constraintOf(error)?.startsWith('occupancy_once')) throw slotTaken('Choose another time')
    throw error
  })
}

/** @throws quote-over where less would come back at once after the move */
async function mustGiveBack(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  { booking, appointment }: Locked,
  start: DateTime,
  shown: number
): Promise<void> {
  const { ahead } = await readBack(tx, scope, booking, deps.now(), { appointment: appointment.id, start })
  if ((ahead[0]?.back.amount ?? 0) < shown) throw quoteOver('Look at what comes back now, and decide again')
}
