import { deletePeople } from '../identity/nobody-store.ts'
import { practiceScopes } from '../identity/scope.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { findForgotten, findNoted, lockAnswer, updateAnswer } from './answer-store.ts'
import { erase } from './returns.ts'

/** What nobody came back to is deleted so long after the last that happened to it. */
const keptDays = 90

/** Deletes answers that are over or were too many, and each address whose one note has gone. Asked each minute. */
export async function forgetAnswered(deps: Deps): Promise<void> {
  const scopes = practiceScopes(deps)
  await forEachApart(await findNoted(deps.db), async ({ practice, id }) => {
    const scope = await scopes.forId(practice)
    await deps.db.transaction(async tx => {
      const row = await lockAnswer(tx, scope, id)
      if (!row?.personId) return
      await updateAnswer(tx, scope, id, { personId: null })
      await deletePeople(tx, scope, [row.personId])
    })
  })
  const since = deps.now().minus({ days: keptDays })
  await forEachApart(await findForgotten(deps.db, since), async ({ practice, id }) => {
    const scope = await scopes.forId(practice)
    await deps.db.transaction(async tx => {
      const row = await lockAnswer(tx, scope, id)
      if (row && (row.activeAt < since || !row.kept)) await erase(tx, scope, row)
    })
  })
}
