import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { deleteRequest, findOldRequests } from './request-store.ts'
import { practiceScopes } from './scope.ts'

/** As long as the codes of a mailbox are counted, in hours, and a little longer. */
const keptHours = 25

/** Deletes who only carried an address to which a code was asked: whoever never gave it leaves nothing behind. */
export async function forgetRequests(deps: Deps): Promise<void> {
  const scopes = practiceScopes(deps)
  const old = await findOldRequests(deps.db, deps.now().minus({ hours: keptHours }))
  await forEachApart(old, async ({ practice, id, carrier, told }) => {
    const scope = await scopes.forId(practice)
    await deps.db.transaction(tx => deleteRequest(tx, scope, id, told ? [carrier, told] : [carrier]))
  })
}
