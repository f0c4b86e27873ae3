import type { DateTime } from 'luxon'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { constraintOf } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { practiceYes } from './acceptance.ts'
import { answerLocked } from './answer-move.ts'
import { slotTaken } from './booking.ts'
import { layMadeUp, mustMakeUp } from './lay-made-up.ts'
import { withSkipped } from './lock-appointment.ts'
import { membersAt, voiceOf } from './members.ts'
import type { Moved } from './move-appointment.ts'
import { closeProposals } from './move-store.ts'
import { proposeMove, wishFor } from './propose-move.ts'
import { refreshBefore } from './refresh-before.ts'
import { mustSuitMove } from './suit-move.ts'

/**
 * Makes up for an appointment that was let fall and of which something was kept: once, within so many days, for nothing
 * more. It is the same appointment again, under the same UIDs. Of two the other is asked, and the time is kept meanwhile.
 * @param agreed the other of two has said yes: staff say so
 * @throws no-such-appointment, wrong-state, slot-taken and not-offered with alternatives, too-soon
 */
export async function makeUp(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  start: DateTime,
  agreed = false
): Promise<Moved> {
  await refreshBefore(deps, scope, id)
  const done = withSkipped<Moved>(deps, scope, id, async (tx, locked) => {
    const members = await membersAt(tx, scope, locked.booking.id, id)
    const voice = await voiceOf(tx, scope, actor, members)
    const { during, zone } = await mustMakeUp(deps, tx, scope, locked, start)
    const together = [{ appointmentId: id, startsAt: start, during }]
    const wanted = agreed ? undefined : await wishFor(deps, tx, scope, id, start, voice, together)
    if (wanted === 'own') return 'proposed'
    if (wanted === 'asked')
      return (await answerLocked(deps, tx, scope, actor, locked, true)) === 'moved' ? 'moved' : 'proposed'
    await mustSuitMove(tx, scope, actor, locked, start, { zone, now: deps.now() })
    await closeProposals(tx, scope, { appointment: id }, 'withdrawn', deps.now())
    const others = members.filter(member => member !== voice)
    if (!agreed && voice !== practiceYes && others.length > 0) {
      await proposeMove(deps, tx, scope, actor, locked, start, { proposer: voice, yeses: others, old: [] }, together)
      return 'proposed'
    }
    await layMadeUp(deps, tx, scope, actor, locked, start)
    return 'moved'
  })
  return done.catch(error => {
    if (constraintOf(error)?.startsWith('occupancy_once')) throw slotTaken('Choose another time')
    throw error
  })
}
