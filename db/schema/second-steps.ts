import { sql } from 'drizzle-orm'
import { bigint, check, foreignKey, pgTable, primaryKey, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import { bytes, id, instant, practiceId } from './columns.ts'
import { people, practices } from './identity.ts'

/**
 * What somebody reads off a device (`totp`, RFC 6238) or knows (`pin`): at most one of each a person. Both can be guessed,
 * so both count their tries. The secret is sealed by the person's data key: the TOTP key, or the PIN's argon2id hash, which
 * by itself would not withstand whoever has the table.
 */
export const secondSteps = pgTable(
  'second_steps',
  {
    practiceId: practiceId(),
    personId: id('person_id').notNull(),
    kind: text('kind').$type<'totp' | 'pin'>().notNull(),
    secret: bytes('secret').notNull(),
    /** Since the last right one. */
    tries: smallint('tries').notNull(),
    pausedUntil: instant('paused_until'),
    /** The time step of the last code that was taken: none works twice (RFC 6238, 5.2). */
    lastStep: bigint('last_step', { mode: 'number' }),
    createdAt: instant('created_at').notNull(),
    /** It counts from then on: when the first code was right. */
    confirmedAt: instant('confirmed_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.personId, table.kind] }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    check('second_steps_kind', sql`${table.kind} in ('totp', 'pin')`),
    check('second_steps_tries', sql`${table.tries} >= 0`),
    check('second_steps_step', sql`${table.kind} = 'totp' or ${table.lastStep} is null`),
    check('second_steps_pin_confirmed', sql`${table.kind} = 'totp' or ${table.confirmedAt} is not null`)
  ]
)

/** A public key whose other half lives in somebody's device (W3C Web Authentication). */
export const passkeys = pgTable(
  'passkeys',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    personId: id('person_id').notNull(),
    credentialId: bytes('credential_id').notNull(),
    publicKey: bytes('public_key').notNull(),
    /** The device's own count; one that does not grow was copied. Zero where a device keeps none. */
    counter: bigint('counter', { mode: 'number' }).notNull(),
    transports: text('transports').array().notNull(),
    /** What its owner calls it, sealed by the person's data key. */
    name: bytes('name').notNull(),
    createdAt: instant('created_at').notNull(),
    usedAt: instant('used_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    unique('passkeys_credential').on(table.practiceId, table.credentialId),
    unique('passkeys_person').on(table.practiceId, table.personId, table.id),
    check('passkeys_counter', sql`${table.counter} >= 0`)
  ]
)

/** What a passkey is asked to sign: once, within minutes. The subject is a sign-in, or one that is under way. */
export const passkeyChallenges = pgTable(
  'passkey_challenges',
  {
    practiceId: practiceId().references(() => practices.id),
    subjectId: id('subject_id').notNull(),
    purpose: text('purpose').$type<'register' | 'prove'>().notNull(),
    challenge: bytes('challenge').notNull(),
    expiresAt: instant('expires_at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.subjectId, table.purpose] }),
    check('passkey_challenges_purpose', sql`${table.purpose} in ('register', 'prove')`),
    check('passkey_challenges_length', sql`octet_length(${table.challenge}) = 32`)
  ]
)

/** For who has lost the device: each works once, in place of a code. Only its keyed hash is kept. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    practiceId: practiceId(),
    personId: id('person_id').notNull(),
    lookup: bytes('lookup').notNull(),
    createdAt: instant('created_at').notNull(),
    usedAt: instant('used_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.personId, table.lookup] }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    check('recovery_codes_lookup_length', sql`octet_length(${table.lookup}) = 32`)
  ]
)

/**
 * A staff sign-in between its two pages. A wrong password leaves a row without a person, so that whoever waits for the
 * second page learns nothing from it.
 */
export const signInSteps = pgTable(
  'sign_in_steps',
  {
    practiceId: practiceId().references(() => practices.id),
    id: uuid('id').notNull(),
    tokenHash: bytes('token_hash').notNull(),
    /** Which account it is, by the keyed hash of the address: its tries are counted. */
    account: text('account').notNull(),
    personId: id('person_id'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    unique('sign_in_steps_token').on(table.practiceId, table.tokenHash),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    check('sign_in_steps_token_hash_length', sql`octet_length(${table.tokenHash}) = 32`)
  ]
)
