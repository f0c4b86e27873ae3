import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { notFound, problem } from '../kernel/problem.ts'
import { endSessions } from './passing-store.ts'
import type { PracticeScope } from './practice.ts'
import { deleteSecondSteps, lockSecondSteps, replaceRecoveryCodes } from './step-store.ts'

export const reasonNeeded = problem('reason-needed', 422, 'Say why')

/**
 * Takes all second steps of somebody away who has lost them, and ends their sign-ins. Whoever does it says why, and it is
 * written down for good.
 * @param by how the audit names who does it
 * @throws reason-needed, not-found
 */
export async function resetSecondSteps(
  deps: Deps,
  scope: PracticeScope,
  { person, why, by }: { person: string; why: string; by: string }
): Promise<void> {
  if (why.trim().length < 3) throw reasonNeeded('Write how you made sure that it is them')
  await deps.db.transaction(async tx => {
    const now = deps.now()
    await lockSecondSteps(tx, scope, { kind: 'person', person })
    if ((await deleteSecondSteps(tx, scope, person, 'all')) === 0) throw notFound('There is no second step')
    await replaceRecoveryCodes(tx, scope, person, [])
    await endSessions(tx, scope, person, now)
    const practice = scope.practice.id
    await record(tx, deps.now, { practice, actor: by, kind: 'second-step-reset', subjects: [person], why: why.trim() })
    await emit(deps, tx, { practice, actor: by, kind: 'person.second-step-reset', subjects: { person } })
  })
}
