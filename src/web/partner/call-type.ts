import { listPublicTypes } from '../../catalog/read-session-types.ts'
import { isForTwo, type SessionType } from '../../catalog/session-type.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'

/** The free call for one, where the practice offers one. */
export async function findCallType(deps: Deps, scope: PracticeScope): Promise<SessionType | undefined> {
  return (await listPublicTypes(deps, scope)).find(type => type.price.amount === 0 && !isForTwo(type))
}
