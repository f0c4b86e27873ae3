import { and, desc, eq, inArray, isNotNull, isNull, lte, ne, notInArray, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { appointments, participants } from '../../db/schema/appointments.ts'
import { bookings } from '../../db/schema/bookings.ts'
import { resources, sessionTypes } from '../../db/schema/catalog.ts'
import { clients, memberships } from '../../db/schema/clients.ts'
import { partnerInvitations } from '../../db/schema/partners.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'

/**
 * Whether somebody was seen alone by this therapist: a session that was sold to them alone, that has taken place, and to
 * which they came as far as anybody said.
 */
export async function wasSeenAlone(
  db: Executor,
  { practice }: PracticeScope,
  own: readonly string[],
  now: DateTime,
  therapist?: string
): Promise<boolean> {
  const rows = await db
    .select({ id: bookings.id })
    .from(bookings)
    .innerJoin(clients, and(eq(clients.practiceId, bookings.practiceId), eq(clients.id, bookings.clientId)))
    .innerJoin(
      sessionTypes,
      and(eq(sessionTypes.practiceId, bookings.practiceId), eq(sessionTypes.id, bookings.sessionTypeId))
    )
    .innerJoin(resources, and(eq(resources.practiceId, bookings.practiceId), eq(resources.id, bookings.therapistId)))
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, bookings.practiceId), eq(appointments.bookingId, bookings.id))
    )
    .innerJoin(
      participants,
      and(
        eq(participants.practiceId, appointments.practiceId),
        eq(participants.appointmentId, appointments.id),
        eq(participants.personId, bookings.bookerId)
      )
    )
    .where(
      and(
        eq(bookings.practiceId, practice.id),
        inArray(bookings.bookerId, [...own]),
        eq(clients.kind, 'individual'),
        // A call to ask is no session.
        ne(sessionTypes.kind, 'consultation'),
        therapist ? eq(resources.personId, therapist) : undefined,
        inArray(bookings.state, ['confirmed', 'completed']),
        notInArray(appointments.state, ['skipped', 'cancelled', 'missed']),
        lte(appointments.endsAt, now),
        or(isNull(participants.attendance), eq(participants.attendance, 'attended'))
      )
    )
    .limit(1)
  return rows.length > 0
}

/** Whether somebody has come to an appointment with this therapist: until then an address is all that is known of them. */
export async function hasCome(
  db: Executor,
  { practice }: PracticeScope,
  own: readonly string[],
  therapist: string
): Promise<boolean> {
  const rows = await db
    .select({ id: bookings.id })
    .from(participants)
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, participants.practiceId), eq(appointments.id, participants.appointmentId))
    )
    .innerJoin(bookings, and(eq(bookings.practiceId, appointments.practiceId), eq(bookings.id, appointments.bookingId)))
    .innerJoin(resources, and(eq(resources.practiceId, bookings.practiceId), eq(resources.id, bookings.therapistId)))
    .where(
      and(
        eq(participants.practiceId, practice.id),
        inArray(participants.personId, [...own]),
        eq(participants.attendance, 'attended'),
        eq(resources.personId, therapist)
      )
    )
    .limit(1)
  return rows.length > 0
}

/** The partner's page behind a link's hash, whatever became of it. */
export async function findInvitationByHash(db: Executor, { practice }: PracticeScope, tokenHash: Buffer) {
  const [row] = await db
    .select({ id: partnerInvitations.id, therapist: partnerInvitations.therapistId })
    .from(partnerInvitations)
    .where(and(eq(partnerInvitations.practiceId, practice.id), eq(partnerInvitations.tokenHash, tokenHash)))
  return row
}

/** The page that somebody made last, if they made one. */
export async function findOwnInvitation(db: Executor, { practice }: PracticeScope, own: readonly string[]) {
  const [row] = await db
    .select({ id: partnerInvitations.id, therapist: partnerInvitations.therapistId })
    .from(partnerInvitations)
    .where(and(eq(partnerInvitations.practiceId, practice.id), inArray(partnerInvitations.inviterId, [...own])))
    .orderBy(desc(partnerInvitations.createdAt))
    .limit(1)
  return row
}

/** Whom somebody booked with last, if they ever did. */
export async function findLastTherapist(db: Executor, { practice }: PracticeScope, own: readonly string[]) {
  const [row] = await db
    .select({ person: resources.personId })
    .from(bookings)
    .innerJoin(resources, and(eq(resources.practiceId, bookings.practiceId), eq(resources.id, bookings.therapistId)))
    .where(
      and(
        eq(bookings.practiceId, practice.id),
        inArray(bookings.bookerId, [...own]),
        isNotNull(bookings.confirmedAt),
        isNotNull(resources.personId)
      )
    )
    .orderBy(desc(bookings.createdAt))
    .limit(1)
  return row?.person ?? undefined
}

/** The couples that these persons belong to now, the newest first. */
export async function listOpenCouples(db: Executor, { practice }: PracticeScope, own: readonly string[]) {
  return db
    .select({ client: clients, person: memberships.personId })
    .from(memberships)
    .innerJoin(clients, and(eq(clients.practiceId, memberships.practiceId), eq(clients.id, memberships.clientId)))
    .where(
      and(
        eq(memberships.practiceId, practice.id),
        inArray(memberships.personId, [...own]),
        isNull(memberships.leftAt),
        isNull(clients.closedAt),
        eq(clients.kind, 'couple')
      )
    )
    .orderBy(desc(clients.id))
}

/** Everything that somebody belongs to or did, the newest first. */
export async function listMemberships(db: Executor, { practice }: PracticeScope, own: readonly string[]) {
  return db
    .select({ membership: memberships, closedAt: clients.closedAt, confirmation: clients.confirmation })
    .from(memberships)
    .innerJoin(clients, and(eq(clients.practiceId, memberships.practiceId), eq(clients.id, memberships.clientId)))
    .where(and(eq(memberships.practiceId, practice.id), inArray(memberships.personId, [...own])))
    .orderBy(desc(clients.id))
}
