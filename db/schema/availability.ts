import { sql } from 'drizzle-orm'
import { bigint, check, foreignKey, index, integer, pgTable, primaryKey, smallint } from 'drizzle-orm/pg-core'
import { appointments } from './bookings.ts'
import { places, resources } from './catalog.ts'
import { id, instant, localDate, practiceId, stretch } from './columns.ts'
import { practices } from './identity.ts'

/** How often a therapist's opening hours were saved: the ETag of the settings. */
export const openingPlans = pgTable(
  'opening_plans',
  {
    practiceId: practiceId(),
    resourceId: id('resource_id').notNull(),
    revision: integer('revision').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.resourceId] }),
    foreignKey({ columns: [table.practiceId, table.resourceId], foreignColumns: [resources.practiceId, resources.id] })
  ]
)

/** A weekly rule: on these days, from … to … (minutes of the local day), for all places and types or for one. */
export const openingHours = pgTable(
  'opening_hours',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    resourceId: id('resource_id').notNull(),
    days: smallint('days').array().notNull(),
    from: smallint('from_minute').notNull(),
    to: smallint('to_minute').notNull(),
    placeId: id('place_id'),
    sessionTypes: id('session_types').array(),
    validFrom: localDate('valid_from'),
    validTo: localDate('valid_to')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.resourceId], foreignColumns: [resources.practiceId, resources.id] }),
    foreignKey({ columns: [table.practiceId, table.placeId], foreignColumns: [places.practiceId, places.id] }),
    index('opening_hours_resource').on(table.practiceId, table.resourceId),
    check(
      'opening_hours_days',
      sql`cardinality(${table.days}) > 0 and ${table.days} <@ array[1,2,3,4,5,6,7]::smallint[]`
    ),
    check('opening_hours_minutes', sql`0 <= ${table.from} and ${table.from} < ${table.to} and ${table.to} <= 1440`),
    check('opening_hours_validity', sql`${table.validFrom} <= ${table.validTo}`)
  ]
)

/** A day that replaces the weekly rules. A row without hours closes the day. */
export const exceptions = pgTable(
  'exceptions',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    resourceId: id('resource_id').notNull(),
    date: localDate('date').notNull(),
    from: smallint('from_minute'),
    to: smallint('to_minute')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.resourceId], foreignColumns: [resources.practiceId, resources.id] }),
    index('exceptions_resource').on(table.practiceId, table.resourceId, table.date),
    check('exceptions_both_or_neither', sql`(${table.from} is null) = (${table.to} is null)`),
    check('exceptions_minutes', sql`0 <= ${table.from} and ${table.from} < ${table.to} and ${table.to} <= 1440`)
  ]
)

/** An absence. It may overlap what is sold: collisions are shown, nothing is refused. */
export const timeOff = pgTable(
  'time_off',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    resourceId: id('resource_id').notNull(),
    during: stretch('during').notNull(),
    createdAt: instant('created_at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.resourceId], foreignColumns: [resources.practiceId, resources.id] }),
    index('time_off_during').using('gist', table.practiceId, table.resourceId, table.during),
    check('time_off_not_empty', sql`not isempty(${table.during})`),
    check('time_off_bounded', sql`not lower_inf(${table.during}) and not upper_inf(${table.during})`)
  ]
)

/**
 * The calendar truth: which resource is taken when, buffers included. The exclusion constraint `occupancy_once`
 * (a migration written by hand) makes two overlapping rows of one resource impossible.
 */
export const occupancy = pgTable(
  'occupancy',
  {
    practiceId: practiceId(),
    appointmentId: id('appointment_id').notNull(),
    resourceId: id('resource_id').notNull(),
    during: stretch('during').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.appointmentId, table.resourceId] }),
    foreignKey({
      columns: [table.practiceId, table.appointmentId],
      foreignColumns: [appointments.practiceId, appointments.id]
    }).onDelete('cascade'),
    foreignKey({ columns: [table.practiceId, table.resourceId], foreignColumns: [resources.practiceId, resources.id] }),
    check('occupancy_not_empty', sql`not isempty(${table.during})`),
    check('occupancy_bounded', sql`not lower_inf(${table.during}) and not upper_inf(${table.during})`)
  ]
)

/**
 * How often what a slot list is made of has changed: a row for each resource (its hours, absences, what is sold of it) and
 * one named by the practice's own id (its catalogue). Triggers raise it in the transaction of the change, under the
 * resource's lock, so that equal sums mean equal slots.
 */
export const calendarRevisions = pgTable(
  'calendar_revisions',
  {
    practiceId: practiceId().references(() => practices.id),
    resourceId: id('resource_id').notNull(),
    revision: bigint('revision', { mode: 'number' }).notNull()
  },
  table => [primaryKey({ columns: [table.practiceId, table.resourceId] })]
)
