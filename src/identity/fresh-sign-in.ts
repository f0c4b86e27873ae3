import type { Deps } from '../kernel/deps.ts'
import { problem } from '../kernel/problem.ts'
import type { PracticeScope } from './practice.ts'
import { findPersonFamily } from './session-store.ts'

export const signInAnew = problem('sign-in-anew', 403, 'Please sign in anew')

/** Minutes after signing in, with the second step where there is one, in which a sign-in is fresh. */
export const freshMinutes = 10

/**
 * Whether a person has just shown who they are. A sign-in that was left open, or is kept on a trusted device, opens no more
 * than it always does: what takes everything along at once wants a new one.
 */
export async function isFresh({ db, now }: Deps, scope: PracticeScope, session: string): Promise<boolean> {
  const family = await findPersonFamily(db, scope, session, now())
  return !!family?.steppedAt && family.steppedAt > now().minus({ minutes: freshMinutes })
}

/** @throws sign-in-anew */
export async function mustBeFresh(deps: Deps, scope: PracticeScope, session: string): Promise<void> {
  if (!(await isFresh(deps, scope, session)))
    throw signInAnew(`This opens within ${freshMinutes} minutes of signing in: sign in again, then ask again`)
}
