import { createHash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { hashToken, sealBytes, unsealBytes } from '../kernel/secrets.ts'
import { instantOf } from '../kernel/time.ts'
import { aliveSince, type FeedWindow, noSuchFeed, windowAt } from './feed.ts'
import { feedEntries } from './feed-entries.ts'
import { type FoundFeed, findFeed, lockRendered, type Rendered, saveRendered } from './store.ts'
import type { Known } from './validators.ts'
import { writeFeed } from './write-feed.ts'

export interface Fetched {
  etag: string
  revisedAt: Date
  /** Undefined where the fetcher has them already. */
  bytes: Buffer | undefined
}

/**
 * What an address answers: the bytes of the day, or that they are the known ones. Unchanged, that is one query; else the
 * appointments are read and written anew, and kept.
 * @param known the entity tags that the fetcher has
 * @throws no-such-feed where the address is unknown, revoked or dead
 */
export async function fetchFeed(deps: Deps, scope: PracticeScope, token: string, known: Known): Promise<Fetched> {
  const now = deps.now()
  const window = windowAt(now, scope.practice.zone)
  const feed = await findFeed(deps.db, scope, hashToken(token), { day: window.day, alive: aliveSince(now), known })
  if (!feed) throw noSuchFeed('This calendar address does not work any more. Make a new one')
  if (!feed.fresh) return renderFeed(deps, scope, feed, window, known)
  return {
    etag: feed.etag ?? '',
    revisedAt: instantOf(feed.revisedSeconds * 1000).toJSDate(),
    bytes: feed.content
      ? inflateRawSync(unsealBytes(keyOf(deps, scope, feed), spotOf(scope, feed), feed.content))
      : undefined
  }
}

const names = { therapist: 'Appointments', client: 'Appointments', busy: 'Busy' } as const

async function renderFeed(
  deps: Deps,
  scope: PracticeScope,
  feed: FoundFeed,
  window: FeedWindow,
  known: Known
): Promise<Fetched> {
  const { entries, bookings } = await feedEntries(deps, scope, feed, window)
  const bytes = Buffer.from(writeFeed(names[feed.scope], feed.zone, entries))
  const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`
  const at = deps.now()
  const content = sealBytes(keyOf(deps, scope, feed), spotOf(scope, feed), deflateRawSync(bytes, { level: 1 }))
  await keep(deps, scope, feed, { day: window.day, changes: feed.changes, etag, content, at }, bookings)
  const matches = known === 'anything' || known.includes(etag)
  const revisedAt = etag === feed.etag ? instantOf(feed.revisedSeconds * 1000) : at
  return { etag, revisedAt: revisedAt.toJSDate(), bytes: matches ? undefined : bytes }
}

/** Kept unless somebody kept a later state meanwhile. Feeds are asked all day long: one line a day tells what was read. */
async function keep(
  { db, now }: Deps,
  scope: PracticeScope,
  { id, person }: FoundFeed,
  rendered: Rendered,
  bookings: readonly string[]
): Promise<void> {
  await db.transaction(async tx => {
    const last = await lockRendered(tx, scope, id)
    const { day, changes, etag } = rendered
    if (!last || (last.day !== null && (last.day > day || (last.changes ?? 0) > changes))) return
    await saveRendered(tx, scope, id, rendered, last.etag !== etag)
    if (last.day === day) return
    const practice = scope.practice.id
    await record(tx, now, { practice, actor: `feed:${id}`, kind: 'read-feed', subjects: [person, ...bookings] })
  })
}

function keyOf({ secrets }: Deps, { practice }: PracticeScope, { person, dataKey }: FoundFeed): Buffer {
  return secrets.openDataKey({ practice: practice.id, person }, dataKey)
}

function spotOf({ practice }: PracticeScope, { id }: FoundFeed) {
  return { practice: practice.id, table: 'feeds', column: 'content', row: id }
}
