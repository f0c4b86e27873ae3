import type { DateTime } from 'luxon'
import { type Actor, actorName } from '../identity/actor.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { problem } from '../kernel/problem.ts'
import { lockClient, updateClient } from './client-store.ts'
import { listMemberships } from './known-store.ts'
import { endLinks, endMemberships } from './leaving-store.ts'
import { whoAsks } from './say-yes.ts'

export const noSuchMembership = problem('no-such-membership', 404, 'There is nothing of yours to end here')

/** What somebody belongs to, or did. It is named by its client: nobody belongs to the same one twice at a time. */
export interface Membership {
  id: string
  kind: 'individual' | 'couple'
  since: DateTime
  until: DateTime | undefined
  /** They left, and what they belonged to goes on without them: nothing of what is ahead there is theirs. */
  without: boolean
  /** The practice says yes to each booking itself: told alike to both, whatever the reason. */
  byHand: boolean
}

/** Everything that a person belongs to or did, the newest first. */
export async function readMemberships({ db }: Deps, scope: PracticeScope, actor: Actor): Promise<Membership[]> {
  const rows = await listMemberships(db, scope, await ownIds(db, scope, whoAsks(actor)))
  return rows.map(({ membership: { clientId, kind, joinedAt, leftAt }, closedAt, confirmation }) => ({
    id: clientId,
    kind,
    since: joinedAt,
    until: leftAt ?? closedAt ?? undefined,
    without: leftAt !== null && closedAt === null,
    byHand: confirmation === 'by_hand'
  }))
}

/** A couple that this person belongs to or did. @throws no-such-membership */
export async function ownCouple(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<Membership> {
  const own = (await readMemberships(deps, scope, actor)).find(one => one.id === id && one.kind === 'couple')
  if (!own) throw noSuchMembership('Only what you belong to together with somebody can be ended')
  return own
}

/**
 * Either of two ends what they are together: nothing new is booked for the couple, and each keeps the past. Who ended it
 * stands in the event alone. What was mailed to them of it before opens nothing from now on. Safe to repeat.
 * @throws no-such-membership
 */
export async function endMembership(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<void> {
  await ownCouple(deps, scope, actor, id)
  const own = await ownIds(deps.db, scope, whoAsks(actor))
  await deps.db.transaction(async tx => {
    const client = await lockClient(tx, scope, id)
    if (!client || client.closedAt) return
    await endMemberships(tx, scope, id, deps.now())
    await endLinks(tx, scope, id, own, deps.now())
    await updateClient(tx, scope, id, { closedAt: deps.now() })
    const subjects = { client: id, person: whoAsks(actor) }
    await emit(deps, tx, { practice: scope.practice.id, actor: actorName(actor), kind: 'couple.ended', subjects })
  })
}
