import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex
} from 'drizzle-orm/pg-core'
import { bytes, id, instant, practiceId } from './columns.ts'

/** What a practice says of itself and lets everybody read. */
export interface Policies {
  description: string
  statement: string
  replyWithin: string
  emergency: string
  /** What becomes of what one of two tells the therapist alone. Chosen by each practice, without a default. */
  secrets?: (typeof secretsPolicies)[number]
}

/** None kept between two who come together · limited, decided with each · what is said alone stays with the therapist. */
export const secretsPolicies = ['none', 'limited', 'kept'] as const

export const practices = pgTable(
  'practices',
  {
    id: id().primaryKey(),
    hosts: text('hosts').array().notNull(),
    linksHost: text('links_host'),
    name: text('name').notNull(),
    discreetName: text('discreet_name').notNull(),
    zone: text('zone').notNull(),
    currency: text('currency').notNull(),
    policies: jsonb('policies').$type<Policies>().notNull(),
    termsVersion: integer('terms_version').notNull()
  },
  table => [
    check('practices_currency', sql`${table.currency} ~ '^[A-Z]{3}$'`),
    check('practices_terms_version', sql`${table.termsVersion} > 0`)
  ]
)

export const people = pgTable(
  'people',
  {
    practiceId: practiceId().references(() => practices.id),
    id: id().notNull(),
    name: bytes('name'),
    zone: text('zone').notNull(),
    wording: text('wording').$type<'discreet' | 'plain'>().notNull(),
    calendarChoice: text('calendar_choice').$type<'invitation' | 'file' | 'nothing'>().notNull(),
    /** The person's own words for entries in their own calendar, sealed by their data key. */
    calendarTitle: bytes('calendar_title'),
    provenAt: instant('proven_at'),
    legalHold: boolean('legal_hold').notNull(),
    dataKey: bytes('data_key'),
    /** The proven person who said that this unproven one is they: what it booked is theirs from then on. */
    joinedTo: id('joined_to'),
    createdAt: instant('created_at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.joinedTo], foreignColumns: [table.practiceId, table.id] }),
    index('people_joined').on(table.practiceId, table.joinedTo).where(sql`${table.joinedTo} is not null`),
    check('people_joined_is_unproven', sql`${table.joinedTo} is null or ${table.provenAt} is null`),
    check('people_joined_to_another', sql`${table.joinedTo} <> ${table.id}`),
    check('people_wording', sql`${table.wording} in ('discreet', 'plain')`),
    check('people_calendar_choice', sql`${table.calendarChoice} in ('invitation', 'file', 'nothing')`),
    check('people_erased_has_no_name', sql`${table.dataKey} is not null or ${table.name} is null`),
    check('people_erased_has_no_title', sql`${table.dataKey} is not null or ${table.calendarTitle} is null`)
  ]
)

export const contactPoints = pgTable(
  'contact_points',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    personId: id('person_id').notNull(),
    kind: text('kind').$type<'email' | 'phone'>().notNull(),
    value: bytes('value').notNull(),
    lookup: bytes('lookup').notNull(),
    provenAt: instant('proven_at'),
    sharedMailbox: boolean('shared_mailbox').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    uniqueIndex('contact_points_proven').on(table.practiceId, table.lookup).where(sql`${table.provenAt} is not null`),
    index('contact_points_person').on(table.practiceId, table.personId),
    index('contact_points_lookup').on(table.practiceId, table.lookup),
    check('contact_points_kind', sql`${table.kind} in ('email', 'phone')`),
    check('contact_points_lookup_length', sql`octet_length(${table.lookup}) = 32`)
  ]
)

export const roles = ['owner', 'therapist', 'assistant', 'billing'] as const
export type Role = (typeof roles)[number]

export const staff = pgTable(
  'staff',
  {
    practiceId: practiceId(),
    personId: id('person_id').notNull(),
    roles: text('roles').array().$type<Role[]>().notNull(),
    passwordHash: text('password_hash').notNull(),
    active: boolean('active').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.personId] }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    check(
      'staff_roles',
      sql`cardinality(${table.roles}) > 0 and ${table.roles} <@ array['owner', 'therapist', 'assistant', 'billing']`
    )
  ]
)

/** One row a refresh token; the rows of one sign-in share a family, and reuse of a used one ends it. */
export const sessions = pgTable(
  'sessions',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    personId: id('person_id').notNull(),
    family: id('family').notNull(),
    kind: text('kind').$type<'staff' | 'person'>().notNull(),
    refreshHash: bytes('refresh_hash').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    familyEndsAt: instant('family_ends_at').notNull(),
    usedAt: instant('used_at'),
    revokedAt: instant('revoked_at'),
    /** Chosen by the person: the device stays signed in for thirty days. */
    trusted: boolean('trusted').notNull().default(false),
    /** When a second step was passed, or at once where none is set up; a person's session without it opens nothing. */
    steppedAt: instant('stepped_at'),
    device: text('device')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    unique('sessions_refresh_hash').on(table.practiceId, table.refreshHash),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    index('sessions_family').on(table.practiceId, table.family),
    check('sessions_kind', sql`${table.kind} in ('staff', 'person')`),
    check('sessions_expiry', sql`${table.expiresAt} <= ${table.familyEndsAt}`)
  ]
)

export type LinkPurpose = 'booking_answer' | 'booking_mail'

/** Secrets that open one thing: the booking's answer token and mail token. Only their SHA-256 is kept. */
export const links = pgTable(
  'links',
  {
    practiceId: practiceId(),
    tokenHash: bytes('token_hash').notNull(),
    purpose: text('purpose').$type<LinkPurpose>().notNull(),
    personId: id('person_id').notNull(),
    subjectId: id('subject_id').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.tokenHash] }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    index('links_subject').on(table.practiceId, table.subjectId),
    check('links_purpose', sql`${table.purpose} in ('booking_answer', 'booking_mail')`),
    check('links_token_hash_length', sql`octet_length(${table.tokenHash}) = 32`)
  ]
)

export type CodePurpose = 'confirm_booking' | 'open_booking' | 'sign_in' | 'change_address'

/** A mailed code of eight digits: proves that its reader reads the address. Five tries, ten minutes. */
export const codes = pgTable(
  'codes',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    purpose: text('purpose').$type<CodePurpose>().notNull(),
    personId: id('person_id').notNull(),
    subjectId: id('subject_id').notNull(),
    code: bytes('code').notNull(),
    tries: smallint('tries').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    index('codes_subject').on(table.practiceId, table.subjectId, table.purpose),
    check('codes_tries', sql`${table.tries} between 0 and 5`)
  ]
)

/**
 * Somebody asked for a code or link at an address: to sign in, or to make the address their own. Each request brings a new
 * unproven person who carries the address and is deleted after a day, so that known and unknown ones cost the same.
 */
export const addressRequests = pgTable(
  'address_requests',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    purpose: text('purpose').$type<'sign_in' | 'change_address'>().notNull(),
    carrierId: id('carrier_id').notNull(),
    /** Who wants the address; null where nobody is signed in yet. */
    personId: id('person_id'),
    /** Carries the address that was given up, to be told there; deleted with the other. */
    toldId: id('told_id'),
    /** SHA-256 of the secret that the asking browser keeps: a link works there alone. */
    browserHash: bytes('browser_hash').notNull(),
    /** The link's secret for its mail, sealed; SHA-256 of it beside it. */
    link: bytes('link').notNull(),
    linkHash: bytes('link_hash').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    unique('address_requests_link').on(table.practiceId, table.linkHash),
    foreignKey({ columns: [table.practiceId, table.carrierId], foreignColumns: [people.practiceId, people.id] }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    foreignKey({ columns: [table.practiceId, table.toldId], foreignColumns: [people.practiceId, people.id] }),
    index('address_requests_created').on(table.practiceId, table.createdAt),
    check('address_requests_purpose', sql`${table.purpose} in ('sign_in', 'change_address')`),
    check('address_requests_person', sql`(${table.purpose} = 'change_address') = (${table.personId} is not null)`)
  ]
)
