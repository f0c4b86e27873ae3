import { sql } from 'drizzle-orm'
import { bigint, check, foreignKey, index, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { bytes, id, instant, localDate, practiceId } from './columns.ts'
import { people } from './identity.ts'

export const feedScopes = ['therapist', 'client', 'busy'] as const
export const feedStyles = ['code', 'initials', 'names'] as const

/**
 * A calendar that an app subscribes to: one person's appointments under a secret address, of which only the SHA-256 is
 * kept. `changes` is raised by every revision of the person's appointments; the last bytes are kept sealed beside the
 * day and the number that they were made for.
 */
export const feeds = pgTable(
  'feeds',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    personId: id('person_id').notNull(),
    scope: text('scope').$type<(typeof feedScopes)[number]>().notNull(),
    style: text('style').$type<(typeof feedStyles)[number]>().notNull(),
    tokenHash: bytes('token_hash').notNull(),
    changes: bigint('changes', { mode: 'number' }).notNull(),
    renderedDay: localDate('rendered_day'),
    renderedChanges: bigint('rendered_changes', { mode: 'number' }),
    etag: text('etag'),
    content: bytes('content'),
    revisedAt: instant('revised_at').notNull(),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at').notNull(),
    revokedAt: instant('revoked_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    unique('feeds_token_hash').on(table.practiceId, table.tokenHash),
    index('feeds_person').on(table.practiceId, table.personId),
    check('feeds_scope', sql`${table.scope} in ('therapist', 'client', 'busy')`),
    check('feeds_style', sql`${table.style} in ('code', 'initials', 'names')`),
    check('feeds_token_hash_length', sql`octet_length(${table.tokenHash}) = 32`),
    check(
      'feeds_rendered',
      sql`num_nonnulls(${table.renderedDay}, ${table.renderedChanges}, ${table.etag}, ${table.content}) in (0, 4)`
    )
  ]
)
