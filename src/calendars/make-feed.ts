import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { linkBase } from '../identity/scope.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { newToken } from '../kernel/secrets.ts'
import { aliveSince, type FeedScope, type FeedStyle, mostFeeds, tooManyFeeds } from './feed.ts'
import { countFeeds, insertFeed, lockOwner, updateFeed } from './store.ts'

/** A feed's address, told once: only its hash is kept. */
export interface FeedAddress {
  id: string
  url: string
  /** The same address in the scheme that opens a calendar app. */
  webcal: string
}

/**
 * A new address for a person's calendar.
 * @param id the feed's: one that is there already was made by an earlier run of the same request, whose address nobody was told
 * @throws too-many-feeds
 */
export async function makeFeed(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  person: string,
  wanted: { scope: FeedScope; style: FeedStyle },
  id = newId()
): Promise<FeedAddress> {
  const { token, hash } = newToken()
  const now = deps.now()
  const practice = scope.practice.id
  await deps.db.transaction(async tx => {
    await lockOwner(tx, scope, person)
    const own = { person, id, scopes: [wanted.scope] }
    if (await updateFeed(tx, scope, own, { tokenHash: hash })) return
    if ((await countFeeds(tx, scope, person, aliveSince(now))) >= mostFeeds)
      throw tooManyFeeds('End an address that is not used any more first')
    await insertFeed(tx, {
      practiceId: practice,
      id,
      personId: person,
      ...wanted,
      tokenHash: hash,
      changes: 0,
      revisedAt: now,
      createdAt: now,
      lastUsedAt: now
    })
    await emit(deps, tx, { practice, actor: actorName(actor), kind: 'feed.made', subjects: { feed: id, person } })
  })
  return addressOf(deps, scope, id, token)
}

/** Where a token's calendar is fetched: at the discreet host, whoever it is for. */
export function addressOf({ settings }: Deps, { practice }: PracticeScope, id: string, token: string): FeedAddress {
  const url = `${linkBase(settings, practice)}/calendars/${token}.ics`
  return { id, url, webcal: url.replace(/^https?:/, 'webcal:') }
}
