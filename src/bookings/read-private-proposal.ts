import { isForTwo } from '../catalog/session-type.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import { dataKeyOf } from '../identity/data-key.ts'
import { findName } from '../identity/find-name.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { shows, sightOf } from '../identity/sight.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { unseal } from '../kernel/secrets.ts'
import { typeOf } from './accept-privately.ts'
import { isOpen, noSuchProposal } from './private-proposal.ts'
import type { ProposalView } from './private-proposal-schema.ts'
import { type FullProposal, findProposal, isKept, listProposalIds } from './proposal-store.ts'

/** So many are listed, the newest. */
const most = 100

/** Proposals for staff who may see them, the newest first. The look is written down. */
export async function listProposals(deps: Deps, scope: PracticeScope, actor: Actor): Promise<ProposalView[]> {
  const items: ProposalView[] = []
  for (const id of await listProposalIds(deps.db, scope, most)) {
    const full = await findProposal(deps.db, scope, { id })
    if (full && (await isTheirs(deps, scope, actor, full))) items.push(await viewProposal(deps, scope, full))
  }
  const [practice, name] = [scope.practice.id, actorName(actor)]
  const subjects = items.map(({ id }) => id)
  if (items.length > 0) await record(deps.db, deps.now, { practice, actor: name, kind: 'read-proposals', subjects })
  return items
}

/** One for staff. @throws no-such-proposal, also where it is another therapist's */
export async function theirProposal(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<FullProposal> {
  const full = await findProposal(deps.db, scope, { id })
  if (!full || !(await isTheirs(deps, scope, actor, full))) throw noSuchProposal('There is no such proposal')
  return full
}

/** As staff see it. */
export async function viewProposal(deps: Deps, scope: PracticeScope, full: FullProposal): Promise<ProposalView> {
  const { proposal, therapist, place, starts } = full
  const { id, personId, clientId, until, price, currency, bookingId } = proposal
  const open = isOpen(proposal, deps.now())
  return {
    id,
    // What is over by the clock is told so, before the job has come by.
    state: proposal.state === 'open' && !open ? 'lapsed' : proposal.state,
    sessionType: (await typeOf(deps, scope, full)).slug,
    therapist: therapist.slug,
    place: place.slug,
    name: (await findName(deps, deps.db, scope, personId)) ?? '',
    client: clientId,
    price: { amount: price, currency },
    starts,
    held: await isKept(deps.db, scope, id),
    until,
    url: open ? await linkOf(deps, scope, proposal) : null,
    booking: bookingId
  }
}

/** The discreet page's address. */
export async function linkOf(
  deps: Pick<Deps, 'db' | 'secrets'>,
  scope: PracticeScope,
  { id, personId, link }: FullProposal['proposal']
): Promise<string> {
  const spot = { practice: scope.practice.id, table: 'private_proposals', column: 'link', row: id }
  return unseal(await dataKeyOf(deps, deps.db, scope, personId), spot, link)
}

async function isTheirs(deps: Deps, scope: PracticeScope, actor: Actor, full: FullProposal): Promise<boolean> {
  const joint = isForTwo(await typeOf(deps, scope, full))
  return shows(sightOf(actor, { joint, therapist: full.therapist.personId }), 'changes')
}
