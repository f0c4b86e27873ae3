import { type Choice, type Chosen, choose } from '../availability/choose.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { endOverdue } from './expire.ts'
import type { Holder } from './holder.ts'
import { limitHolds } from './limit-holds.ts'

/**
 * Asks under the locks whether the time can be had, by this holder too. Holds that are over and wait for nobody's payment
 * are ended by whoever wants their time.
 * @throws too-many-holds, day-held
 */
export async function chooseFree(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  type: SessionType,
  choice: Choice,
  resources: string[],
  holder: Holder | undefined
): Promise<Chosen> {
  const now = deps.now().toMillis()
  const first = await choose(tx, scope, choice, now)
  const ended = first.verdict === 'taken' ? await endOverdue(deps, tx, scope, type, choice.start, resources) : 0
  const chosen = ended > 0 ? await choose(tx, scope, choice, now) : first
  if (chosen.verdict === 'free' && holder) await limitHolds(deps, tx, scope, holder, type, choice.start, chosen)
  return chosen
}
