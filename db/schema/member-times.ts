import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { clients } from './clients.ts'
import { id, instant, practiceId, stretch } from './columns.ts'
import { people } from './identity.ts'

/** When it would suit a person, told by themselves: for the practice alone. It goes when it is over. */
export const memberTimes = pgTable(
  'member_times',
  {
    practiceId: practiceId(),
    personId: id('person_id').notNull(),
    during: stretch('during').notNull(),
    givenAt: instant('given_at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.personId, table.during] }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    index('member_times_given').on(table.givenAt),
    check('member_times_not_empty', sql`not isempty(${table.during})`)
  ]
)

/** A member of a couple wants to see which times suit both; only where the other wants it too does anything show. */
export const suitsBothWishes = pgTable(
  'suits_both_wishes',
  {
    practiceId: practiceId(),
    clientId: id('client_id').notNull(),
    personId: id('person_id').notNull(),
    since: instant('since').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.clientId, table.personId] }),
    foreignKey({ columns: [table.practiceId, table.clientId], foreignColumns: [clients.practiceId, clients.id] }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] })
  ]
)
