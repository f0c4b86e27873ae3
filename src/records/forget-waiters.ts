import { practiceScopes } from '../identity/scope.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { deleteEntry, findForgottenEntries, lockEntry } from './waiter-store.ts'

/** A place in line of which nothing came is deleted so long after it ended. */
const keptDays = 90

/** Deletes all of them, each with whoever was nothing else here than somebody who waited. Asked each minute. */
export async function forgetWaiters(deps: Deps): Promise<void> {
  const scopes = practiceScopes(deps)
  const since = deps.now().minus({ days: keptDays })
  await forEachApart(await findForgottenEntries(deps.db, since), async ({ practice, id }) => {
    const scope = await scopes.forId(practice)
    await deps.db.transaction(async tx => {
      const entry = await lockEntry(tx, scope, id)
      if (entry) await deleteEntry(tx, scope, entry)
    })
  })
}
