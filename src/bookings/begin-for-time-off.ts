import { readTimeOff } from '../availability/time-off.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { notFound } from '../kernel/problem.ts'
import { beginBulkChange } from './begin-bulk-change.ts'
import type { BulkWish } from './bulk-schema.ts'

/** The same for a time off that is there. @throws as beginBulkChange; not-found where there is none, or it is over */
export async function beginForTimeOff(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  timeOff: string,
  wishes: readonly BulkWish[],
  id: string
): Promise<string> {
  const during = (await readTimeOff(deps, scope, slug)).find(one => one.id === timeOff)
  if (!during) throw notFound('There is no such time off, or it is over')
  return beginBulkChange(deps, scope, actor, slug, during, wishes, id)
}
