import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex
} from 'drizzle-orm/pg-core'
import { bytes, id, instant, practiceId } from './columns.ts'
import { people, practices } from './identity.ts'

/** The unit of treatment. Persons belong to it by memberships. */
export const clients = pgTable(
  'clients',
  {
    practiceId: practiceId().references(() => practices.id),
    id: id().notNull(),
    kind: text('kind').$type<'individual' | 'couple'>().notNull(),
    confirmation: text('confirmation').$type<'usual' | 'by_hand'>().notNull(),
    /** Their therapist says that they may come more often than the session types allow a client in a week. */
    oftener: boolean('oftener').notNull().default(false),
    createdAt: instant('created_at').notNull(),
    closedAt: instant('closed_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    unique('clients_id_kind').on(table.practiceId, table.id, table.kind),
    check('clients_kind', sql`${table.kind} in ('individual', 'couple')`),
    check('clients_confirmation', sql`${table.confirmation} in ('usual', 'by_hand')`)
  ]
)

export const memberships = pgTable(
  'memberships',
  {
    practiceId: practiceId(),
    clientId: id('client_id').notNull(),
    personId: id('person_id').notNull(),
    joinedAt: instant('joined_at').notNull(),
    kind: text('kind').$type<'individual' | 'couple'>().notNull(),
    number: smallint('number').notNull(),
    leftAt: instant('left_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.clientId, table.personId, table.joinedAt] }),
    foreignKey({
      columns: [table.practiceId, table.clientId, table.kind],
      foreignColumns: [clients.practiceId, clients.id, clients.kind]
    }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    uniqueIndex('memberships_number')
      .on(table.practiceId, table.clientId, table.number)
      .where(sql`${table.leftAt} is null`),
    uniqueIndex('memberships_person')
      .on(table.practiceId, table.clientId, table.personId)
      .where(sql`${table.leftAt} is null`),
    check(
      'memberships_two_at_most',
      sql`${table.number} in (1, 2) and (${table.kind} = 'couple' or ${table.number} = 1)`
    ),
    check('memberships_left_after_joining', sql`${table.leftAt} >= ${table.joinedAt}`)
  ]
)

/** Who agreed to which text, when: the version and the hash of the words that were shown. */
export const consents = pgTable(
  'consents',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    personId: id('person_id').notNull(),
    clientId: id('client_id').notNull(),
    document: text('document').notNull(),
    version: integer('version').notNull(),
    hash: bytes('hash').notNull(),
    at: instant('at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    foreignKey({ columns: [table.practiceId, table.clientId], foreignColumns: [clients.practiceId, clients.id] }),
    check('consents_hash_length', sql`octet_length(${table.hash}) = 32`)
  ]
)
