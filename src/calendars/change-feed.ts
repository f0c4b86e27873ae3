import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newToken } from '../kernel/secrets.ts'
import { aliveSince, noSuchFeed } from './feed.ts'
import { addressOf, type FeedAddress } from './make-feed.ts'
import type { FeedOwner } from './owner.ts'
import { listFeeds, updateFeed } from './store.ts'

/** A person's living feeds, without their addresses: nobody has those but who was told them. */
export async function readFeeds({ db, now }: Deps, scope: PracticeScope, { person, scopes }: FeedOwner) {
  return listFeeds(db, scope, person, scopes, aliveSince(now()))
}

/** A new address for a feed; the old one is dead from now on. @throws no-such-feed */
export async function rotateFeed(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  owner: FeedOwner,
  id: string
): Promise<FeedAddress> {
  const { token, hash } = newToken()
  await change(deps, scope, actor, owner, id, 'feed.rotated', { tokenHash: hash, lastUsedAt: deps.now() })
  return addressOf(deps, scope, id, token)
}

/** Ends a feed: its address is dead, and nothing of what it held is kept. @throws no-such-feed */
export async function revokeFeed(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  owner: FeedOwner,
  id: string
): Promise<void> {
  const nothing = { renderedDay: null, renderedChanges: null, etag: null, content: null }
  await change(deps, scope, actor, owner, id, 'feed.revoked', { revokedAt: deps.now(), ...nothing })
}

async function change(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  { person, scopes }: FeedOwner,
  id: string,
  kind: string,
  changed: Parameters<typeof updateFeed>[3]
): Promise<void> {
  await deps.db.transaction(async tx => {
    if (!(await updateFeed(tx, scope, { person, id, scopes }, changed)))
      throw noSuchFeed('There is no such calendar address')
    const practice = scope.practice.id
    await emit(deps, tx, { practice, actor: actorName(actor), kind, subjects: { feed: id, person } })
  })
}
