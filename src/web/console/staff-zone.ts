import type { Actor } from '../../identity/actor.ts'
import { readPerson } from '../../identity/people.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'

/** By whose clock staff read: their own. */
export async function staffZone(deps: Deps, scope: PracticeScope, actor: Actor): Promise<string> {
  if (actor.kind !== 'staff') return scope.practice.zone
  return (await readPerson(deps, deps.db, scope, actor.person)).zone
}
