import { practiceScopes } from '../identity/scope.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { deleteCaller, findForgottenCallers, lockCaller } from './caller-store.ts'

/** Whoever took a call from a partner's page and never became a client is deleted so long after the last that happened. */
const keptDays = 90

/** Deletes all of them, with everything that was kept. Asked each minute. */
export async function forgetCallers(deps: Deps): Promise<void> {
  const scopes = practiceScopes(deps)
  const since = deps.now().minus({ days: keptDays })
  await forEachApart(await findForgottenCallers(deps.db, since), async ({ practice, id }) => {
    const scope = await scopes.forId(practice)
    await deps.db.transaction(async tx => {
      if (await lockCaller(tx, scope, id)) await deleteCaller(tx, scope, id)
    })
  })
}
