import { index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { id, instant, practiceId } from './columns.ts'
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
