import { findProposal } from '../bookings/proposal-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { tell } from './tell.ts'

/** One mail to whom something is proposed, with the page where it can be looked at. */
export async function tellPrivateProposal(deps: Deps, scope: PracticeScope, id: string): Promise<void> {
  const full = await findProposal(deps.db, scope, { id })
  if (!full) return
  const personId = full.proposal.personId
  await tell(deps, scope, [{ personId, template: 'proposed', subjectId: id, cause: `proposed:${id}` }])
}
