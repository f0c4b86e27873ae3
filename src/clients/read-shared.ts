import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { unsealAnswer } from './answer.ts'
import { listShared } from './inbox-store.ts'
import { inviterOf } from './inviter.ts'
import { type Concern, concernWords } from './partner-texts.ts'

/** What a partner has shown to this inviter, exactly as it was shown to the partner before the yes. */
export async function readShared(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor
): Promise<{ concern: Concern; label: string; words: string | null }[]> {
  const { ids, only } = await inviterOf(deps.db, scope, actor)
  const rows = await listShared(deps.db, scope, ids, only)
  return rows.flatMap(row => {
    const { concern, words } = unsealAnswer(deps, scope, row, [])
    return concern ? [{ concern, label: concernWords[concern].label, words }] : []
  })
}
