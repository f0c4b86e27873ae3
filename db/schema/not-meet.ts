import { foreignKey, index, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { editions } from './catalog.ts'
import { clients } from './clients.ts'
import { bytes, id, instant, practiceId } from './columns.ts'
import { people } from './identity.ts'

/**
 * Whom somebody who asks for dates, or waits for them, would rather not meet there: for whoever leads the dates alone. The
 * words are sealed by the writer's data key, and go with the writer. The id is that of the
 * request with which it came: a seat's booking's, a place in line's, or its own where they had one already.
 */
export const notMeet = pgTable(
  'not_meet',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    editionId: id('edition_id').notNull(),
    clientId: id('client_id').notNull(),
    /** Who wrote it. */
    personId: id('person_id').notNull(),
    words: bytes('words').notNull(),
    createdAt: instant('created_at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.editionId], foreignColumns: [editions.practiceId, editions.id] }),
    foreignKey({
      columns: [table.practiceId, table.clientId],
      foreignColumns: [clients.practiceId, clients.id]
    }).onDelete('cascade'),
    foreignKey({
      columns: [table.practiceId, table.personId],
      foreignColumns: [people.practiceId, people.id]
    }).onDelete('cascade'),
    index('not_meet_edition').on(table.practiceId, table.editionId),
    index('not_meet_person').on(table.practiceId, table.personId)
  ]
)
