import { findProposal, listOpenProposalsOf } from '../bookings/proposal-store.ts'
import { ownIds } from '../identity/own-ids.ts'
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

/** Whose address has changed is told anew of what is proposed to them: the page has another address, too. */
export async function tellProposalsAnew(deps: Deps, scope: PracticeScope, person: string, request: string) {
  const open = await listOpenProposalsOf(deps.db, scope, { persons: await ownIds(deps.db, scope, person) })
  const planned = open.map(({ id, personId }) => ({
    personId,
    template: 'proposed' as const,
    subjectId: id,
    cause: `proposed:${id}:${request}`
  }))
  await tell(deps, scope, planned)
}

/** Whoever proposed it hears that the answer is no, or that none came; nobody else is written to. */
export async function tellProposalEnded(
  deps: Deps,
  scope: PracticeScope,
  id: string,
  end: 'declined' | 'lapsed'
): Promise<void> {
  const full = await findProposal(deps.db, scope, { id })
  if (full?.proposal.state !== end) return
  const template = `staff-proposal-${end}` as const
  await tell(deps, scope, [{ personId: full.proposal.by, template, subjectId: id, cause: `${template}:${id}` }])
}
