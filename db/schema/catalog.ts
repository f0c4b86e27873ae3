import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import type { TherapistCare } from '../../src/catalog/care.ts'
import type { Plan } from '../../src/catalog/plan.ts'
import type { CancellationPolicy, Rules } from '../../src/catalog/rules.ts'
import { id, instant, localDate, minorUnits, practiceId } from './columns.ts'
import { people, practices } from './identity.ts'

/** What can be in one place at a time: a therapist or a room. */
export const resources = pgTable(
  'resources',
  {
    practiceId: practiceId().references(() => practices.id),
    id: id().notNull(),
    kind: text('kind').$type<'therapist' | 'room'>().notNull(),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    personId: id('person_id'),
    zone: text('zone').notNull(),
    /** How much a therapist takes on, whatever the type; null where they set no bounds. */
    care: jsonb('care').$type<TherapistCare>()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    unique('resources_slug').on(table.practiceId, table.slug),
    unique('resources_kind').on(table.practiceId, table.id, table.kind),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    check('resources_kind_known', sql`${table.kind} in ('therapist', 'room')`),
    check('resources_therapist_is_a_person', sql`(${table.kind} = 'therapist') = (${table.personId} is not null)`),
    check('resources_slug_form', sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`)
  ]
)

/** Where an appointment happens: a room, or video. */
export const places = pgTable(
  'places',
  {
    practiceId: practiceId().references(() => practices.id),
    id: id().notNull(),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    roomId: id('room_id'),
    address: text('address'),
    link: text('link')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    unique('places_slug').on(table.practiceId, table.slug),
    foreignKey({ columns: [table.practiceId, table.roomId], foreignColumns: [resources.practiceId, resources.id] }),
    check('places_slug_form', sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`)
  ]
)

export const kinds = ['consultation', 'individual', 'couples', 'weekly', 'intensive', 'retreat', 'programme'] as const
export type Kind = (typeof kinds)[number]

export const sessionTypes = pgTable(
  'session_types',
  {
    practiceId: practiceId().references(() => practices.id),
    id: id().notNull(),
    slug: text('slug').notNull(),
    kind: text('kind').$type<Kind>().notNull(),
    public: boolean('public').notNull(),
    position: integer('position').notNull(),
    version: integer('version').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    unique('session_types_slug').on(table.practiceId, table.slug),
    check(
      'session_types_kind',
      sql`${table.kind} in ('consultation', 'individual', 'couples', 'weekly', 'intensive', 'retreat', 'programme')`
    ),
    check('session_types_slug_form', sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`)
  ]
)

/** What a session type was when somebody booked it. Rows are inserted, never changed (a trigger holds it). */
export const sessionTypeVersions = pgTable(
  'session_type_versions',
  {
    practiceId: practiceId(),
    sessionTypeId: id('session_type_id').notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    description: text('description').notNull(),
    plan: jsonb('plan').$type<Plan>().notNull(),
    price: minorUnits('price').notNull(),
    currency: text('currency').notNull(),
    policy: jsonb('policy').$type<CancellationPolicy>().notNull(),
    rules: jsonb('rules').$type<Rules>().notNull(),
    createdAt: instant('created_at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.sessionTypeId, table.version] }),
    foreignKey({
      columns: [table.practiceId, table.sessionTypeId],
      foreignColumns: [sessionTypes.practiceId, sessionTypes.id]
    }),
    check('session_type_versions_version', sql`${table.version} > 0`),
    check('session_type_versions_price', sql`${table.price} >= 0`),
    check('session_type_versions_currency', sql`${table.currency} ~ '^[A-Z]{3}$'`)
  ]
)

/** Which therapist offers which session type at which place. */
export const offerings = pgTable(
  'offerings',
  {
    practiceId: practiceId(),
    sessionTypeId: id('session_type_id').notNull(),
    resourceId: id('resource_id').notNull(),
    placeId: id('place_id').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.sessionTypeId, table.resourceId, table.placeId] }),
    foreignKey({
      columns: [table.practiceId, table.sessionTypeId],
      foreignColumns: [sessionTypes.practiceId, sessionTypes.id]
    }),
    foreignKey({ columns: [table.practiceId, table.resourceId], foreignColumns: [resources.practiceId, resources.id] }),
    foreignKey({ columns: [table.practiceId, table.placeId], foreignColumns: [places.practiceId, places.id] })
  ]
)

export const editionStates = ['draft', 'open', 'full', 'closed', 'running', 'done', 'cancelled'] as const
export type EditionState = (typeof editionStates)[number]

/** One dated retreat. Its blocks are appointments without a booking; they hold therapist and room for all who come. */
export const editions = pgTable(
  'editions',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    sessionTypeId: id('session_type_id').notNull(),
    version: integer('version').notNull(),
    therapistId: id('therapist_id').notNull(),
    /** Who leads it with them, where two do. */
    secondTherapistId: id('second_therapist_id'),
    state: text('state').$type<EditionState>().notNull(),
    smallest: integer('min').notNull(),
    largest: integer('max').notNull(),
    decideOn: localDate('go_no_go_on').notNull(),
    /** Whether it takes place, once somebody has said so. */
    decision: text('decision').$type<'go' | 'no_go'>(),
    decidedAt: instant('decided_at'),
    placeId: id('place_id').notNull(),
    /** Blocks of its own, where they are not those of its session type. */
    segments: jsonb('segments').$type<Plan['segments']>()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({
      columns: [table.practiceId, table.sessionTypeId, table.version],
      foreignColumns: [sessionTypeVersions.practiceId, sessionTypeVersions.sessionTypeId, sessionTypeVersions.version]
    }),
    foreignKey({ columns: [table.practiceId, table.placeId], foreignColumns: [places.practiceId, places.id] }),
    foreignKey({
      columns: [table.practiceId, table.therapistId],
      foreignColumns: [resources.practiceId, resources.id]
    }),
    foreignKey({
      columns: [table.practiceId, table.secondTherapistId],
      foreignColumns: [resources.practiceId, resources.id]
    }),
    check('editions_two_therapists', sql`${table.secondTherapistId} <> ${table.therapistId}`),
    check('editions_decision', sql`${table.decision} in ('go', 'no_go')`),
    check('editions_decided', sql`(${table.decision} is null) = (${table.decidedAt} is null)`),
    check('editions_capacity', sql`0 < ${table.smallest} and ${table.smallest} <= ${table.largest}`),
    check('editions_state', sql`${table.state} in ('draft', 'open', 'full', 'closed', 'running', 'done', 'cancelled')`)
  ]
)
