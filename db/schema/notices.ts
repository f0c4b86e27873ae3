import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, smallint, text, unique } from 'drizzle-orm/pg-core'
import { id, instant, practiceId } from './columns.ts'
import { people } from './identity.ts'

/** One mail to one person for one cause: the unique cause is why nobody gets it twice. No content is kept. */
export const messages = pgTable(
  'messages',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    personId: id('person_id').notNull(),
    cause: text('cause').notNull(),
    template: text('template').notNull(),
    subjectId: id('subject_id').notNull(),
    state: text('state').$type<'waiting' | 'sending' | 'sent' | 'failed'>().notNull(),
    tries: smallint('tries').notNull(),
    messageId: text('message_id').notNull(),
    /** What came to the person's calendar with it: only who was invited is ever sent a cancellation. */
    invitation: text('invitation').$type<'REQUEST' | 'CANCEL'>(),
    createdAt: instant('created_at').notNull(),
    dueAt: instant('due_at').notNull(),
    sentAt: instant('sent_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    unique('messages_cause').on(table.practiceId, table.cause),
    index('messages_invitation')
      .on(table.practiceId, table.subjectId, table.personId)
      .where(sql`${table.invitation} is not null`),
    index('messages_due').on(table.practiceId, table.dueAt).where(sql`${table.state} in ('waiting', 'sending')`),
    check('messages_state', sql`${table.state} in ('waiting', 'sending', 'sent', 'failed')`),
    check('messages_invitation', sql`${table.invitation} in ('REQUEST', 'CANCEL')`),
    check('messages_invitation_sent', sql`${table.invitation} is null or ${table.state} = 'sent'`),
    check('messages_sent_at', sql`(${table.state} = 'sent') = (${table.sentAt} is not null)`)
  ]
)
