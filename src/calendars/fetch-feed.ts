import { createHash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { hashToken, sealBytes, unsealBytes } from '../kernel/secrets.ts'
import { instantOf } from '../kernel/time.ts'
import { aliveSince, dayAt, type FeedWindow, noSuchFeed, windowOf } from './feed.ts'
import { feedEntries } from './feed-entries.ts'
import type { KeptBytes } from './kept-bytes.ts'
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
export async function fetchFeed(
  deps: Deps,
  kept: KeptBytes,
  scope: PracticeScope,
  token: string,
  known: Known
): Promise<Fetched> {
  const now = deps.now()
  const day = dayAt(now, scope.practice.zone)
  const hash = hashToken(token)
  const held = kept.get(hash)
  const feed = await findFeed(deps.db, scope, hash, { day, alive: aliveSince(now), known, held: held?.etag ?? '' })
  if (!feed) {
    kept.delete(hash)
    throw noSuchFeed('This calendar address does not work any more. Make a new one')
  }
  const fetched = feed.fresh
    ? unchanged(deps, scope, feed, held?.bytes)
    : await renderFeed(deps, scope, feed, windowOf(day, scope.practice.zone), known)
  if (fetched.bytes && fetched.bytes !== held?.bytes) kept.set(hash, fetched.etag, fetched.bytes)
  return fetched
}

function unchanged(deps: Deps, scope: PracticeScope, feed: FoundFeed, held: Buffer | undefined): Fetched {
  const { etag, revisedSeconds, matches, content } = feed
  const opened = content && inflateRawSync(unsealBytes(keyOf(deps, scope, feed), spotOf(scope, feed), content))
  const revisedAt = instantOf(revisedSeconds * 1000).toJSDate()
  return { etag: etag ?? '', revisedAt, bytes: matches ? undefined : (opened ?? held) }
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
