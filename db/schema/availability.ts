import { sql } from 'drizzle-orm'
import { bigint, check, foreignKey, index, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core'
import { appointments } from './appointments.ts'
import { places, resources } from './catalog.ts'
import { bytes, id, instant, localDate, practiceId, stretch } from './columns.ts'
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
    to: smallint('to_minute'),
    /** Since when the day has these hours; null where that was not kept. */
    since: instant('since')
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
 * A therapist's calendar elsewhere, from which busy times are read. How it is reached (address, user, password) is
 * sealed with the therapist's key. `asked_at` is the newest attempt, `read_at` when its text was last read as a
 * whole, `synced_at` when it was last known to be right.
 */
export const outsideCalendars = pgTable(
  'outside_calendars',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    resourceId: id('resource_id').notNull(),
    kind: text('kind', { enum: ['ics', 'caldav'] }).notNull(),
    access: bytes('access').notNull(),
    etag: text('etag'),
    lastModified: text('last_modified'),
    createdAt: instant('created_at').notNull(),
    dueAt: instant('due_at').notNull(),
    askedAt: instant('asked_at'),
    readAt: instant('read_at'),
    syncedAt: instant('synced_at'),
    staleSince: instant('stale_since'),
    fault: text('fault'),
    skipped: integer('skipped').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.resourceId], foreignColumns: [resources.practiceId, resources.id] }),
    index('outside_calendars_resource').on(table.practiceId, table.resourceId),
    index('outside_calendars_due').on(table.dueAt),
    check('outside_calendars_stale_with_fault', sql`(${table.staleSince} is null) = (${table.fault} is null)`)
  ]
)

/** When a therapist is busy by one calendar outside: merged, and nothing of why. It may overlap what is sold. */
export const outsideBusy = pgTable(
  'outside_busy',
  {
    practiceId: practiceId(),
    calendarId: id('calendar_id').notNull(),
    resourceId: id('resource_id').notNull(),
    during: stretch('during').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.calendarId, table.during] }),
    foreignKey({
      columns: [table.practiceId, table.calendarId],
      foreignColumns: [outsideCalendars.practiceId, outsideCalendars.id]
    }).onDelete('cascade'),
    foreignKey({ columns: [table.practiceId, table.resourceId], foreignColumns: [resources.practiceId, resources.id] }),
    index('outside_busy_during').using('gist', table.practiceId, table.resourceId, table.during),
    check('outside_busy_not_empty', sql`not isempty(${table.during})`),
    check('outside_busy_bounded', sql`not lower_inf(${table.during}) and not upper_inf(${table.during})`)
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
