import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytes, id, instant, practiceId } from './columns.ts'
import { practices } from './identity.ts'

/** What happened: written in the transaction that made it happen; jobs react to it. Ids only, no content. */
export const events = pgTable(
  'events',
  {
    practiceId: practiceId().references(() => practices.id),
    id: id().notNull(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    kind: text('kind').notNull(),
    subjects: jsonb('subjects').$type<Record<string, string>>().notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    index('events_kind').on(table.practiceId, table.kind, table.at)
  ]
)

/** Who read or changed what of a client, and why. Inserted only (a trigger holds it); sealed by a later job. */
export const audit = pgTable(
  'audit',
  {
    practiceId: practiceId().references(() => practices.id),
    id: id().notNull(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    kind: text('kind').notNull(),
    subjects: id('subjects').array().notNull(),
    why: text('why')
  },
  table => [primaryKey({ columns: [table.practiceId, table.id] }), index('audit_at').on(table.practiceId, table.at)]
)

/**
 * The answer to a request that made something, kept for its Idempotency-Key and given again for the same request. The
 * answer is sealed: it may hold a booking's token.
 */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    practiceId: practiceId().references(() => practices.id),
    actor: text('actor').notNull(),
    /** HMAC-SHA256 of the caller's key: whoever reads the table can ask for nobody's answer. */
    key: text('key').notNull(),
    /** HMAC-SHA256 of method, address and body, so that no name or address can be guessed from it. */
    requestHash: bytes('request_hash').notNull(),
    state: text('state').$type<'running' | 'answered'>().notNull(),
    /** Until when a running one is believed to run: after that its process is taken for dead. */
    runningUntil: instant('running_until').notNull(),
    status: integer('status'),
    answer: bytes('answer'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.actor, table.key] }),
    index('idempotency_keys_expires').on(table.expiresAt),
    check('idempotency_keys_state', sql`${table.state} in ('running', 'answered')`),
    check(
      'idempotency_keys_answered',
      sql`(${table.state} = 'answered') = (${table.status} is not null and ${table.answer} is not null)`
    )
  ]
)

/**
 * Which database this is: a copy that was restored elsewhere bears another mark, and neither mails nor charges until
 * somebody says that it may. One row.
 */
export const installation = pgTable(
  'installation',
  {
    id: integer('id').primaryKey(),
    mark: text('mark').notNull(),
    confirmedAt: instant('confirmed_at').notNull()
  },
  table => [check('installation_one_row', sql`${table.id} = 1`)]
)

/** A word sealed with each encryption key: a process that cannot open all of them is not ready. */
export const keySentinels = pgTable('key_sentinels', {
  keyId: text('key_id').primaryKey(),
  sealed: bytes('sealed').notNull()
})
