import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex
} from 'drizzle-orm/pg-core'
import { clients } from './clients.ts'
import { bytes, id, instant, practiceId } from './columns.ts'
import { people } from './identity.ts'
import { partnerInvitations } from './partners.ts'

/** Two yeses that a therapist put together: each is asked once more, with all words in sight, before a couple is made. */
export const beginnings = pgTable(
  'beginnings',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    /** With whom the two would begin. */
    therapistId: id('therapist_id').notNull(),
    state: text('state').$type<'asked' | 'begun' | 'declined'>().notNull(),
    createdAt: instant('created_at').notNull(),
    endedAt: instant('ended_at'),
    /** The couple that came of it. */
    clientId: id('client_id')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.therapistId], foreignColumns: [people.practiceId, people.id] }),
    foreignKey({ columns: [table.practiceId, table.clientId], foreignColumns: [clients.practiceId, clients.id] }),
    uniqueIndex('beginnings_client').on(table.practiceId, table.clientId),
    check('beginnings_state', sql`${table.state} in ('asked', 'begun', 'declined')`),
    check('beginnings_ended_at', sql`(${table.state} = 'asked') = (${table.endedAt} is null)`),
    check('beginnings_client_made', sql`(${table.state} = 'begun') = (${table.clientId} is not null)`)
  ]
)

/**
 * One person's own yes to beginning together. It is shown to nobody but its person and the therapist; whom it means is in
 * the person's own words, sealed by their data key. A page that was shared is a hint for the therapist and proves nothing.
 */
export const yeses = pgTable(
  'yeses',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    personId: id('person_id').notNull(),
    /** Whose list it stands in. */
    therapistId: id('therapist_id').notNull(),
    whom: bytes('whom').notNull(),
    invitationId: id('invitation_id'),
    /** Whether the other may read the one fact; null from somebody who had not been asked. */
    mayTell: boolean('may_tell'),
    saidAt: instant('said_at').notNull(),
    /** Taken back, or answered by the practice. */
    endedAt: instant('ended_at'),
    beginningId: id('beginning_id'),
    number: smallint('number'),
    /** Whether the other reads of this person that they had sessions of their own. */
    told: boolean('told'),
    agreed: boolean('agreed'),
    answeredAt: instant('answered_at'),
    /** The version and the SHA-256 of the words that were agreed to. */
    version: integer('version'),
    hash: bytes('hash')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    foreignKey({ columns: [table.practiceId, table.therapistId], foreignColumns: [people.practiceId, people.id] }),
    foreignKey({
      columns: [table.practiceId, table.invitationId],
      foreignColumns: [partnerInvitations.practiceId, partnerInvitations.id]
    }),
    foreignKey({
      columns: [table.practiceId, table.beginningId],
      foreignColumns: [beginnings.practiceId, beginnings.id]
    }),
    uniqueIndex('yeses_one_a_person').on(table.practiceId, table.personId).where(sql`${table.endedAt} is null`),
    uniqueIndex('yeses_number').on(table.practiceId, table.beginningId, table.number),
    index('yeses_therapist').on(table.practiceId, table.therapistId).where(sql`${table.endedAt} is null`),
    check(
      'yeses_put_together',
      sql`(${table.beginningId} is null) = (${table.number} is null) and (${table.beginningId} is null) = (${table.told} is null)`
    ),
    check('yeses_number', sql`${table.number} in (1, 2)`),
    check(
      'yeses_answered',
      sql`(${table.agreed} is null) = (${table.answeredAt} is null) and (${table.agreed} is null or ${table.beginningId} is not null)`
    ),
    check(
      'yeses_agreed_to_words',
      sql`(${table.agreed} is true) = (${table.hash} is not null) and (${table.hash} is null) = (${table.version} is null) and octet_length(${table.hash}) = 32`
    )
  ]
)

/**
 * A therapist's own mark that one of two may not be safe. It stands in no event and no line of the audit, which others may
 * read: these rows are its whole record.
 */
export const safetyFlags = pgTable(
  'safety_flags',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    clientId: id('client_id').notNull(),
    raisedBy: id('raised_by').notNull(),
    raisedAt: instant('raised_at').notNull(),
    loweredBy: id('lowered_by'),
    loweredAt: instant('lowered_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.clientId], foreignColumns: [clients.practiceId, clients.id] }),
    foreignKey({ columns: [table.practiceId, table.raisedBy], foreignColumns: [people.practiceId, people.id] }),
    foreignKey({ columns: [table.practiceId, table.loweredBy], foreignColumns: [people.practiceId, people.id] }),
    uniqueIndex('safety_flags_one_a_client')
      .on(table.practiceId, table.clientId)
      .where(sql`${table.loweredAt} is null`),
    check('safety_flags_lowered', sql`(${table.loweredBy} is null) = (${table.loweredAt} is null)`)
  ]
)
