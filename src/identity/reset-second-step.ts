import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { notFound, problem } from '../kernel/problem.ts'
import { type Actor, actorName, notAllowed } from './actor.ts'
import type { PracticeScope } from './practice.ts'
import { deleteSecondSteps, endSessions, lockSecondSteps, replaceRecoveryCodes } from './step-store.ts'

export const reasonNeeded = problem('reason-needed', 422, 'Say why')

/**
 * Takes all second steps of somebody away who has lost them, and ends their sign-ins. The one who works here says why, and
 * it is written down for good.
 * @throws not-allowed for oneself: whoever sits at an open console would take them away
 */
export async function resetSecondSteps(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  { person, why }: { person: string; why: string }
): Promise<void> {
  if (actor.kind === 'staff' && actor.person === person)
    throw notAllowed('Another owner does it for you; your own you remove with your password')
  if (why.trim().length < 3) throw reasonNeeded('Write how you made sure that it is them')
  await deps.db.transaction(async tx => {
    const now = deps.now()
    await lockSecondSteps(tx, scope, { kind: 'person', person })
    if ((await deleteSecondSteps(tx, scope, person, 'all')) === 0) throw notFound('There is no second step')
    await replaceRecoveryCodes(tx, scope, person, [])
    await endSessions(tx, scope, person, now)
    const [practice, by] = [scope.practice.id, actorName(actor)]
    await record(tx, deps.now, { practice, actor: by, kind: 'second-step-reset', subjects: [person], why: why.trim() })
    await emit(deps, tx, { practice, actor: by, kind: 'person.second-step-reset', subjects: { person } })
  })
}
