import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { appointments } from './appointments.ts'
import { bookings } from './bookings.ts'
import { resources } from './catalog.ts'
import { id, instant, practiceId, stretch } from './columns.ts'
import { people } from './identity.ts'

/** What staff chose for the bookings that an absence collides with, done one by one by a job. */
export const bulkChanges = pgTable(
  'bulk_changes',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    resourceId: id('resource_id').notNull(),
    /** The absence that it is about. */
    during: stretch('during').notNull(),
    /** Where it is a travel, which: of what is sold in the stretch only that is meant which is not offered there. It may be gone. */
    travelId: id('travel_id'),
    /** The member of staff who chose. */
    by: id('by').notNull(),
    createdAt: instant('created_at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.resourceId], foreignColumns: [resources.practiceId, resources.id] }),
    foreignKey({ columns: [table.practiceId, table.by], foreignColumns: [people.practiceId, people.id] })
  ]
)

export const bulkChoices = ['propose', 'move', 'cancel'] as const
export const bulkStates = ['waiting', 'done', 'failed'] as const

/** One appointment of a bulk change, and with it all that belongs together: what was chosen, and what came of it. */
export const bulkChangeItems = pgTable(
  'bulk_change_items',
  {
    practiceId: practiceId(),
    changeId: id('change_id').notNull(),
    appointmentId: id('appointment_id').notNull(),
    bookingId: id('booking_id').notNull(),
    choice: text('choice').$type<(typeof bulkChoices)[number]>().notNull(),
    /** The start that was shown, for a move or a proposal. */
    startsAt: instant('starts_at'),
    state: text('state').$type<(typeof bulkStates)[number]>().notNull(),
    /** `moved`, `proposed`, `cancelled`, `skipped`, `opened`, `elsewhere`; or the sentence that says why not. */
    outcome: text('outcome'),
    at: instant('at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.changeId, table.appointmentId] }),
    foreignKey({
      columns: [table.practiceId, table.changeId],
      foreignColumns: [bulkChanges.practiceId, bulkChanges.id]
    }),
    foreignKey({ columns: [table.practiceId, table.bookingId], foreignColumns: [bookings.practiceId, bookings.id] }),
    foreignKey({
      columns: [table.practiceId, table.appointmentId],
      foreignColumns: [appointments.practiceId, appointments.id]
    }),
    index('bulk_change_items_waiting').on(table.practiceId, table.changeId).where(sql`${table.state} = 'waiting'`),
    check('bulk_change_items_choice', sql`${table.choice} in ('propose', 'move', 'cancel')`),
    check('bulk_change_items_state', sql`${table.state} in ('waiting', 'done', 'failed')`),
    check('bulk_change_items_start', sql`(${table.choice} = 'cancel') = (${table.startsAt} is null)`),
    check('bulk_change_items_outcome', sql`(${table.state} = 'waiting') = (${table.outcome} is null)`),
    check('bulk_change_items_at', sql`(${table.state} = 'waiting') = (${table.at} is null)`)
  ]
)
