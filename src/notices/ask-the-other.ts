import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Planned } from './message.ts'
import { countTold } from './message-store.ts'
import { tell } from './tell.ts'

/** So many mails ask one of two what the other wants, … */
const most = 5
/** … in so many days; what is beyond stands on their own pages, and neither of them is told that no mail was sent. */
const days = 7

const asking = ['acceptance-asked', 'move-asked'] as const

/**
 * Asks one of two by mail what the other suggests. By asking, taking back and asking again one could else have the practice
 * write to the other as often as they like.
 */
export async function askTheOther(
  deps: Deps,
  scope: PracticeScope,
  asked: Planned & { template: (typeof asking)[number] }
): Promise<void> {
  const told = await countTold(deps.db, scope, asked.personId, asking, deps.now().minus({ days }))
  if (told < most) await tell(deps, scope, [asked])
}
