import { answerBy } from '../clients/answer-by.ts'
import { listMessages, listWaiting } from '../clients/inbox-store.ts'
import { practiceScopes } from '../identity/scope.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { tell } from './tell.ts'
import { therapistsFor } from './tell-partner.ts'

/**
 * Tells the therapist that something waits longer than was promised: once for each promise, and not what it is. Of danger
 * no mail speaks. Asked each minute.
 */
export async function remindStaff(deps: Deps): Promise<void> {
  const scopes = practiceScopes(deps)
  await forEachApart(await listWaiting(deps.db), async answer => {
    const scope = await scopes.forId(answer.practiceId)
    const messages = await listMessages(deps.db, scope, [answer.id])
    const until = answerBy(scope.practice.zone, { ...answer, messages })
    if (!until || until > deps.now()) return
    const told = { template: 'staff-waiting', subjectId: answer.id } as const
    const cause = `staff-waiting:${answer.id}:${until.toMillis()}`
    const therapists = await therapistsFor(deps, scope, answer.id)
    await tell(
      deps,
      scope,
      therapists.map(personId => ({ ...told, personId, cause: `${cause}:${personId}` }))
    )
  })
}
