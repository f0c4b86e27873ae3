import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { resources } from './catalog.ts'
import { id, instant, localDate, practiceId } from './columns.ts'

export const travelKeeps = ['local', 'home'] as const
export type TravelKeeps = (typeof travelKeeps)[number]

/**
 * A therapist is elsewhere on these days, both included: their opening hours hold by the clock of the other zone, or at the
 * same instants as at home.
 */
export const travels = pgTable(
  'travels',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    resourceId: id('resource_id').notNull(),
    zone: text('zone').notNull(),
    firstDay: localDate('first_day').notNull(),
    lastDay: localDate('last_day').notNull(),
    keeps: text('keeps').$type<(typeof travelKeeps)[number]>().notNull(),
    /** Only places without a room meanwhile. */
    videoOnly: boolean('video_only').notNull(),
    createdAt: instant('created_at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.resourceId], foreignColumns: [resources.practiceId, resources.id] }),
    index('travels_resource').on(table.practiceId, table.resourceId),
    check('travels_days', sql`${table.firstDay} <= ${table.lastDay}`),
    check('travels_keeps', sql`${table.keeps} in ('local', 'home')`)
  ]
)
