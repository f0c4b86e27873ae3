import { and, asc, desc, eq, inArray, isNotNull, isNull, lte, ne, notInArray, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { appointments, bookings, participants } from '../../db/schema/bookings.ts'
import { resources, sessionTypes } from '../../db/schema/catalog.ts'
import { clients, memberships } from '../../db/schema/clients.ts'
import { people } from '../../db/schema/identity.ts'
import { partnerInvitations } from '../../db/schema/partners.ts'
import { beginnings, yeses } from '../../db/schema/together.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

export type Yes = typeof yeses.$inferSelect
export type Beginning = typeof beginnings.$inferSelect

/** What one person says of beginning and leaving is done in a row. */
export async function lockPerson(tx: Transaction, { practice }: PracticeScope, person: string): Promise<void> {
  await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.practiceId, practice.id), eq(people.id, person)))
    .for('no key update')
}

/** The yes of a person that stands: not taken back, and not answered for good. */
export async function findYes(db: Executor, { practice }: PracticeScope, person: string): Promise<Yes | undefined> {
  const [row] = await db
    .select()
    .from(yeses)
    .where(and(eq(yeses.practiceId, practice.id), eq(yeses.personId, person), isNull(yeses.endedAt)))
  return row
}

/** The same, locked: whoever puts it beside another meanwhile is before or after. */
export async function lockYes(tx: Transaction, { practice }: PracticeScope, person: string): Promise<Yes | undefined> {
  const [row] = await tx
    .select()
    .from(yeses)
    .where(and(eq(yeses.practiceId, practice.id), eq(yeses.personId, person), isNull(yeses.endedAt)))
    .for('update')
  return row
}

/** Standing yeses of a therapist's list, locked, by id: two who lock the same never wait for each other. */
export async function lockYeses(
  tx: Transaction,
  { practice }: PracticeScope,
  therapist: string,
  ids: readonly string[]
): Promise<Yes[]> {
  return tx
    .select()
    .from(yeses)
    .where(
      and(
        eq(yeses.practiceId, practice.id),
        eq(yeses.therapistId, therapist),
        inArray(yeses.id, [...ids]),
        isNull(yeses.endedAt),
        isNull(yeses.beginningId)
      )
    )
    .orderBy(asc(yeses.id))
    .for('update')
}

export async function insertYes(tx: Transaction, row: typeof yeses.$inferInsert): Promise<void> {
  await tx.insert(yeses).values(row)
}

export async function updateYes(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  set: Partial<Yes>
): Promise<void> {
  await tx
    .update(yeses)
    .set(set)
    .where(and(eq(yeses.practiceId, practice.id), eq(yeses.id, id)))
}

/** What stands in a therapist's list, the oldest first. */
export async function listYeses(db: Executor, { practice }: PracticeScope, therapist: string): Promise<Yes[]> {
  return db
    .select()
    .from(yeses)
    .where(and(eq(yeses.practiceId, practice.id), eq(yeses.therapistId, therapist), isNull(yeses.endedAt)))
    .orderBy(asc(yeses.saidAt), asc(yeses.id))
    .limit(200)
}

/** The two yeses of a beginning, the first first. */
export async function listYesesOf(db: Executor, { practice }: PracticeScope, beginning: string): Promise<Yes[]> {
  return db
    .select()
    .from(yeses)
    .where(and(eq(yeses.practiceId, practice.id), eq(yeses.beginningId, beginning)))
    .orderBy(asc(yeses.number))
}

export async function findYesById(db: Executor, { practice }: PracticeScope, id: string): Promise<Yes | undefined> {
  const [row] = await db
    .select()
    .from(yeses)
    .where(and(eq(yeses.practiceId, practice.id), eq(yeses.id, id)))
  return row
}

export async function insertBeginning(tx: Transaction, row: typeof beginnings.$inferInsert): Promise<void> {
  await tx.insert(beginnings).values(row)
}

export async function findBeginning(
  db: Executor,
  { practice }: PracticeScope,
  id: string
): Promise<Beginning | undefined> {
  const [row] = await db
    .select()
    .from(beginnings)
    .where(and(eq(beginnings.practiceId, practice.id), eq(beginnings.id, id)))
  return row
}

/** Both members' answers and the practice's change of mind are taken one after the other. */
export async function lockBeginning(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string
): Promise<Beginning | undefined> {
  const [row] = await tx
    .select()
    .from(beginnings)
    .where(and(eq(beginnings.practiceId, practice.id), eq(beginnings.id, id)))
    .for('update')
  return row
}

export async function updateBeginning(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  set: Partial<Beginning>
): Promise<void> {
  await tx
    .update(beginnings)
    .set(set)
    .where(and(eq(beginnings.practiceId, practice.id), eq(beginnings.id, id)))
}

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
