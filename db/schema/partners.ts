import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, pgTable, primaryKey, smallint, text, unique } from 'drizzle-orm/pg-core'
import { clients } from './clients.ts'
import { bytes, id, instant, localDate, practiceId, stretch } from './columns.ts'
import { people, practices } from './identity.ts'

/**
 * The private link by which one partner lets the other look. The inviter can copy it again while it is open, so it is
 * kept, sealed by the inviter's data key. When it was opened is not kept.
 */
export const partnerInvitations = pgTable(
  'partner_invitations',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    inviterId: id('inviter_id').notNull(),
    clientId: id('client_id').notNull(),
    /** Whose inbox the answers come to. */
    therapistId: id('therapist_id').notNull(),
    tokenHash: bytes('token_hash').notNull(),
    link: bytes('link').notNull(),
    state: text('state').$type<'open' | 'withdrawn'>().notNull(),
    answers: smallint('answers').notNull(),
    createdAt: instant('created_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    replacedAt: instant('replaced_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.inviterId], foreignColumns: [people.practiceId, people.id] }),
    foreignKey({ columns: [table.practiceId, table.therapistId], foreignColumns: [people.practiceId, people.id] }),
    foreignKey({ columns: [table.practiceId, table.clientId], foreignColumns: [clients.practiceId, clients.id] }),
    unique('partner_invitations_token_hash').on(table.practiceId, table.tokenHash),
    index('partner_invitations_inviter').on(table.practiceId, table.inviterId),
    check('partner_invitations_state', sql`${table.state} in ('open', 'withdrawn')`),
    check('partner_invitations_answers', sql`${table.answers} between 0 and 10`),
    check('partner_invitations_token_hash_length', sql`octet_length(${table.tokenHash}) = 32`)
  ]
)

export const answerKinds = ['question', 'concern', 'not_now', 'no_contact', 'times'] as const
/** Besides what is answered by a link: what somebody asks on a page that is the same for everybody. */
export const saidKinds = [...answerKinds, 'enquiry'] as const
export const concerns = [
  'privacy',
  'control',
  'no_need',
  'time',
  'blame',
  'cost',
  'stranger',
  'not_free',
  'other'
] as const
export const audiences = ['therapist', 'inviter'] as const

/**
 * What somebody said by a partner's link, or asked without one, by nobody's name: opened again by five words alone, sealed
 * by a data key of its own. `person_id` is the address that was left for a reply or a note, and nothing else. A row that is
 * not `kept` holds nothing of what was said: it makes one answer too many cost what any other does, and goes by the next minute.
 */
export const partnerAnswers = pgTable(
  'partner_answers',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    invitationId: id('invitation_id'),
    kind: text('kind').$type<(typeof saidKinds)[number]>().notNull(),
    concern: text('concern').$type<(typeof concerns)[number]>(),
    words: bytes('words'),
    audience: text('audience').$type<(typeof audiences)[number]>().notNull(),
    personId: id('person_id'),
    noteOn: localDate('note_on'),
    dataKey: bytes('data_key').notNull(),
    returnHash: bytes('return_hash').notNull(),
    /** The browser or program that gave the words, for half an hour. */
    sessionHash: bytes('session_hash'),
    sessionEndsAt: instant('session_ends_at'),
    createdAt: instant('created_at').notNull(),
    activeAt: instant('active_at').notNull(),
    /** Since when the practice knows, from talking with them, whose words these are. */
    spokenAt: instant('spoken_at'),
    kept: boolean('kept').notNull().default(true)
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({
      columns: [table.practiceId, table.invitationId],
      foreignColumns: [partnerInvitations.practiceId, partnerInvitations.id]
    }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    unique('partner_answers_return_hash').on(table.practiceId, table.returnHash),
    unique('partner_answers_session_hash').on(table.practiceId, table.sessionHash),
    index('partner_answers_invitation').on(table.practiceId, table.invitationId),
    index('partner_answers_active').on(table.activeAt),
    check(
      'partner_answers_kind',
      sql`${table.kind} in ('question', 'concern', 'not_now', 'no_contact', 'times', 'enquiry')`
    ),
    check('partner_answers_invitation', sql`(${table.kind} = 'enquiry') = (${table.invitationId} is null)`),
    check('partner_answers_concern', sql`(${table.kind} = 'concern') = (${table.concern} is not null)`),
    check(
      'partner_answers_audience',
      sql`${table.audience} in ('therapist', 'inviter') and (${table.audience} = 'therapist' or (${table.kind} = 'concern' and ${table.concern} <> 'not_free'))`
    ),
    check('partner_answers_session', sql`(${table.sessionHash} is null) = (${table.sessionEndsAt} is null)`)
  ]
)

/** What was said after the first answer, by the partner or by the practice. */
export const answerMessages = pgTable(
  'answer_messages',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    answerId: id('answer_id').notNull(),
    from: text('from').$type<'partner' | 'practice'>().notNull(),
    words: bytes('words').notNull(),
    at: instant('at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({
      columns: [table.practiceId, table.answerId],
      foreignColumns: [partnerAnswers.practiceId, partnerAnswers.id]
    }).onDelete('cascade'),
    index('answer_messages_answer').on(table.practiceId, table.answerId),
    check('answer_messages_from', sql`${table.from} in ('partner', 'practice')`)
  ]
)

/** Times that would suit whoever answered: for the practice alone. */
export const answerTimes = pgTable(
  'answer_times',
  {
    practiceId: practiceId(),
    answerId: id('answer_id').notNull(),
    during: stretch('during').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.answerId, table.during] }),
    foreignKey({
      columns: [table.practiceId, table.answerId],
      foreignColumns: [partnerAnswers.practiceId, partnerAnswers.id]
    }).onDelete('cascade'),
    check('answer_times_not_empty', sql`not isempty(${table.during})`)
  ]
)

/**
 * A client that began with a call from a partner's page, by whom is not known. It is tied to no invitation: nothing here says
 * who gave the page to whom.
 */
export const partnerCalls = pgTable(
  'partner_calls',
  {
    practiceId: practiceId(),
    clientId: id('client_id').notNull(),
    createdAt: instant('created_at').notNull(),
    spokenAt: instant('spoken_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.clientId] }),
    foreignKey({ columns: [table.practiceId, table.clientId], foreignColumns: [clients.practiceId, clients.id] })
  ]
)

/** Addresses that are never to be written to, by their keyed hash: nobody can read them here. */
export const noContact = pgTable(
  'no_contact',
  {
    practiceId: practiceId().references(() => practices.id),
    lookup: bytes('lookup').notNull(),
    at: instant('at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.lookup] }),
    check('no_contact_lookup_length', sql`octet_length(${table.lookup}) = 32`)
  ]
)
