import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { appointments } from './appointments.ts'
import { bookings } from './bookings.ts'
import type { cancellers } from './cancellations.ts'
import { id, instant, practiceId } from './columns.ts'
import { people } from './identity.ts'

export const proposalStates = ['open', 'accepted', 'declined', 'lapsed', 'withdrawn'] as const

/** A new time for an appointment that waits for the other's answer; the appointment stays as it is until then. */
export const proposals = pgTable(
  'proposals',
  {
    practiceId: practiceId(),
    id: id().notNull(),
    bookingId: id('booking_id').notNull(),
    appointmentId: id('appointment_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    by: text('by').$type<(typeof cancellers)[number]>().notNull(),
    /** Which of the clients proposed it; null where the practice did. */
    personId: id('person_id'),
    actor: text('actor').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    state: text('state').$type<(typeof proposalStates)[number]>().notNull(),
    answeredAt: instant('answered_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.id] }),
    foreignKey({ columns: [table.practiceId, table.bookingId], foreignColumns: [bookings.practiceId, bookings.id] }),
    foreignKey({
      columns: [table.practiceId, table.appointmentId],
      foreignColumns: [appointments.practiceId, appointments.id]
    }),
    foreignKey({ columns: [table.practiceId, table.personId], foreignColumns: [people.practiceId, people.id] }),
    uniqueIndex('proposals_one_open').on(table.practiceId, table.appointmentId).where(sql`${table.state} = 'open'`),
    index('proposals_due').on(table.practiceId, table.expiresAt).where(sql`${table.state} = 'open'`),
    check('proposals_by', sql`${table.by} in ('client', 'practice')`),
    check('proposals_state', sql`${table.state} in ('open', 'accepted', 'declined', 'lapsed', 'withdrawn')`),
    check('proposals_answered_at', sql`(${table.state} = 'open') = (${table.answeredAt} is null)`)
  ]
)

/** A yes that a proposed time waits for: the practice's, or a client's by the person's id. The last one moves it. */
export const proposalAnswers = pgTable(
  'proposal_answers',
  {
    practiceId: practiceId(),
    proposalId: id('proposal_id').notNull(),
    by: text('by').notNull(),
    acceptedAt: instant('accepted_at')
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.proposalId, table.by] }),
    foreignKey({ columns: [table.practiceId, table.proposalId], foreignColumns: [proposals.practiceId, proposals.id] })
  ]
)

/** Of a proposal for several appointments at once, where each would be; they get these times together or not at all. */
export const proposalTimes = pgTable(
  'proposal_times',
  {
    practiceId: practiceId(),
    proposalId: id('proposal_id').notNull(),
    appointmentId: id('appointment_id').notNull(),
    startsAt: instant('starts_at').notNull()
  },
  table => [
    primaryKey({ columns: [table.practiceId, table.proposalId, table.appointmentId] }),
    foreignKey({ columns: [table.practiceId, table.proposalId], foreignColumns: [proposals.practiceId, proposals.id] }),
    foreignKey({
      columns: [table.practiceId, table.appointmentId],
      foreignColumns: [appointments.practiceId, appointments.id]
    }),
    index('proposal_times_appointment').on(table.practiceId, table.appointmentId)
  ]
)
