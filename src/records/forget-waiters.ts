import { practiceScopes } from '../identity/scope.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { deleteEntry, findForgottenEntries, lockEntry } from './waiter-store.ts'

/** A place in line of which nothing came is deleted so long after it ended. */
const keptDays = 90

/** … and one whose address nobody has proven, so long after it was asked for. */
const unprovenDays = 3

/** Deletes all of them, each with whoever was nothing else here than somebody who waited. Asked each minute. */
export async function forgetWaiters(deps: Deps): Promise<void> {
  const scopes = practiceScopes(deps)
  const now = deps.now()
  const before = { ended: now.minus({ days: keptDays }), asked: now.minus({ days: unprovenDays }) }
  await forEachApart(await findForgottenEntries(deps.db, before), async ({ practice, id }) => {
    const scope = await scopes.forId(practice)
    await deps.db.transaction(async tx => {
      const entry = await lockEntry(tx, scope, id)
      // Asked again under the lock: it may have been proven in this moment.
      if (entry && (entry.endedAt || !entry.provenAt)) await deleteEntry(tx, scope, entry)
    })
  })
}
