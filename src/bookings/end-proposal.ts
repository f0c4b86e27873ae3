import { queueFor } from '../availability/queue-store.ts'
import { isForTwo } from '../catalog/session-type.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { practiceScopes } from '../identity/scope.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { emit } from '../kernel/events.ts'
import { lockOpen, typeOf } from './accept-privately.ts'
import {
  deleteKept,
  type FullProposal,
  findLapsedProposals,
  findProposal,
  listOpenProposalsOf,
  lockProposal,
  saveProposal
} from './proposal-store.ts'

/** Whoever holds the link would rather not; or the practice takes it back. Its times are free. @throws proposal-over */
export async function endProposal(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  full: FullProposal,
  to: 'declined' | 'withdrawn'
): Promise<void> {
  await deps.db.transaction(async tx => {
    await lockOpen(deps, tx, scope, full)
    const { id } = full.proposal
    await deleteKept(tx, scope, id)
    await saveProposal(tx, scope, id, { state: to, answeredAt: deps.now() })
    const [practice, name] = [scope.practice.id, actorName(actor)]
    if (actor.kind === 'staff') await record(tx, deps.now, { practice, actor: name, kind: to, subjects: [id] })
    await emit(deps, tx, { practice, actor: name, kind: `proposal.${to}`, subjects: { proposal: id } })
  })
}

/** Ends what nobody answered in time. Asked each minute. */
export async function lapseProposals(deps: Deps): Promise<void> {
  const scopes = practiceScopes(deps)
  await forEachApart(await findLapsedProposals(deps.db, deps.now()), async ({ practice, id }) =>
    lapse(deps, await scopes.forId(practice), id)
  )
}

/** Ends what was proposed to a couple that has ended: whoever proposed it hears that no answer came. Safe to repeat. */
export async function endProposed(deps: Deps, scope: PracticeScope, client: string): Promise<void> {
  for (const { id } of await listOpenProposalsOf(deps.db, scope, { client })) {
    const full = await findProposal(deps.db, scope, { id })
    // What is for one alone stays theirs.
    if (full && isForTwo(await typeOf(deps, scope, full))) await lapse(deps, scope, id)
  }
}

async function lapse(deps: Deps, scope: PracticeScope, id: string): Promise<void> {
  const full = await findProposal(deps.db, scope, { id })
  if (!full) return
  await deps.db.transaction(async tx => {
    const { therapistId } = full.proposal
    await queueFor(tx, scope, [therapistId, ...(full.place.roomId ? [full.place.roomId] : [])])
    // Asked again under the lock: it may have been accepted meanwhile.
    if ((await lockProposal(tx, scope, id))?.state !== 'open') return
    await deleteKept(tx, scope, id)
    await saveProposal(tx, scope, id, { state: 'lapsed', answeredAt: deps.now() })
    const happening = { practice: scope.practice.id, actor: 'system', kind: 'proposal.lapsed' }
    await emit(deps, tx, { ...happening, subjects: { proposal: id } })
  })
}
