import { and, asc, count, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { feeds } from '../../db/schema/calendars.ts'
import { people } from '../../db/schema/identity.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { question } from '../kernel/statement.ts'
import type { FeedScope, FeedStyle } from './feed.ts'
import type { Known } from './validators.ts'

/** A feed as a fetch finds it: everything that an unchanged answer needs. */
export interface FoundFeed {
  id: string
  person: string
  scope: FeedScope
  style: FeedStyle
  zone: string
  wording: 'discreet' | 'plain'
  /** The person's own words for entries, sealed by their data key. */
  calendarTitle: Buffer | null
  dataKey: Buffer
  changes: number
  day: string | null
  etag: string | null
  /** When the last bytes became other than the ones before, in whole seconds since 1970. */
  revisedSeconds: number
  /** The last bytes are those of this day and of the newest change. */
  fresh: boolean
  /** The fetcher has them already. */
  matches: boolean
  /** The last bytes, sealed; null where they are not needed, held already, or there are none. */
  content: Buffer | null
}

/**
 * The feed behind a token's hash, where it still lives: not revoked, fetched since `alive`, its person not erased, its
 * therapist still one. One statement that is written once, because calendars ask it all day long.
 */
export async function findFeed(
  db: Executor,
  { practice }: PracticeScope,
  hash: Buffer,
  { day, alive, known, held }: { day: string; alive: DateTime; known: Known; held: string }
): Promise<FoundFeed | undefined> {
  // An array as PostgreSQL reads it: a tag stands between quotes, and those that are its own have a backslash before them.
  const tags = known === 'anything' ? '{*}' : `{${known.map(tag => JSON.stringify(tag)).join(',')}}`
  const [row] = await selectFeed(db, { practice: practice.id, hash, day, alive: alive.toSeconds(), tags, held })
  return row
}

const selectFeed = question<'practice' | 'hash' | 'day' | 'alive' | 'tags' | 'held', FoundFeed>(
  ['practice', 'hash', 'day', 'alive', 'tags', 'held'],
  ({ practice, hash, day, alive, tags, held }) => sql`
    select id, person, scope, style, zone, wording, "calendarTitle", "dataKey", changes, day, etag, "revisedSeconds", fresh, matches,
      case when fresh and not matches and etag <> ${held} then sealed end as content
    from (
      select feeds.id, feeds.person_id as person, feeds.scope, feeds.style, people.zone, people.wording,
        people.calendar_title as "calendarTitle", people.data_key as "dataKey", feeds.changes::float8 as changes, feeds.rendered_day::text as day, feeds.etag,
        floor(extract(epoch from feeds.revised_at))::int as "revisedSeconds", feeds.content as sealed,
        coalesce(feeds.rendered_day = ${day} and feeds.rendered_changes = feeds.changes, false) as fresh,
        coalesce(feeds.etag = any(${tags}::text[]) or '*' = any(${tags}::text[]), false) as matches
      from feeds
      join people on people.practice_id = feeds.practice_id and people.id = feeds.person_id
      where feeds.practice_id = ${practice} and feeds.token_hash = ${hash}
        and feeds.revoked_at is null and feeds.last_used_at > to_timestamp(${alive}::float8) and people.data_key is not null
        and (feeds.scope = 'client' or exists (
          select 1 from staff where staff.practice_id = feeds.practice_id and staff.person_id = feeds.person_id
            and staff.active and 'therapist' = any(staff.roles)))
    ) as found`
)

export interface Rendered {
  day: string
  changes: number
  etag: string
  content: Buffer
  at: DateTime
}

/** Locks a feed's row, and says which day and change its last bytes are for. */
export async function lockRendered(tx: Transaction, { practice }: PracticeScope, id: string) {
  const [row] = await tx
    .select({ day: feeds.renderedDay, changes: feeds.renderedChanges, etag: feeds.etag })
    .from(feeds)
    .where(and(eq(feeds.practiceId, practice.id), eq(feeds.id, id)))
    .for('no key update')
  return row
}

/** Keeps the last bytes, and that somebody fetched. */
export async function saveRendered(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  { day, changes, etag, content, at }: Rendered,
  isOther: boolean
): Promise<void> {
  await tx
    .update(feeds)
    .set({
      renderedDay: day,
      renderedChanges: changes,
      etag,
      content,
      lastUsedAt: at,
      ...(isOther && { revisedAt: at })
    })
    .where(and(eq(feeds.practiceId, practice.id), eq(feeds.id, id)))
}

export async function insertFeed(tx: Transaction, row: typeof feeds.$inferInsert): Promise<void> {
  await tx.insert(feeds).values(row)
}

/** Locks the person's row until the transaction ends: two who make feeds for one person come one after the other. */
export async function lockOwner(tx: Transaction, { practice }: PracticeScope, person: string): Promise<void> {
  await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.practiceId, practice.id), eq(people.id, person)))
    .for('no key update')
}

const living = (practice: string, person: string, alive: DateTime) =>
  and(eq(feeds.practiceId, practice), eq(feeds.personId, person), isNull(feeds.revokedAt), gt(feeds.lastUsedAt, alive))

export async function countFeeds(tx: Transaction, { practice }: PracticeScope, person: string, alive: DateTime) {
  const [row] = await tx
    .select({ living: count() })
    .from(feeds)
    .where(living(practice.id, person, alive))
  return row?.living ?? 0
}

/** A person's living feeds of these scopes, the first made first. */
export async function listFeeds(
  db: Executor,
  { practice }: PracticeScope,
  person: string,
  scopes: readonly FeedScope[],
  alive: DateTime
) {
  return db
    .select({
      id: feeds.id,
      scope: feeds.scope,
      style: feeds.style,
      createdAt: feeds.createdAt,
      lastUsedAt: feeds.lastUsedAt,
      used: sql<boolean>`${feeds.etag} is not null`
    })
    .from(feeds)
    .where(and(living(practice.id, person, alive), inArray(feeds.scope, [...scopes])))
    .orderBy(asc(feeds.createdAt), asc(feeds.id))
}

/** A person's own feed is changed, if it is theirs, of these scopes and not revoked. @returns whether it was */
export async function updateFeed(
  tx: Transaction,
  { practice }: PracticeScope,
  { person, id, scopes }: { person: string; id: string; scopes: readonly FeedScope[] },
  change: Partial<typeof feeds.$inferInsert>
): Promise<boolean> {
  const rows = await tx
    .update(feeds)
    .set(change)
    .where(
      and(
        eq(feeds.practiceId, practice.id),
        eq(feeds.personId, person),
        eq(feeds.id, id),
        inArray(feeds.scope, [...scopes]),
        isNull(feeds.revokedAt)
      )
    )
    .returning({ id: feeds.id })
  return rows.length > 0
}
