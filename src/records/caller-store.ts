import { and, eq, inArray, isNotNull, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { appointments, participants } from '../../db/schema/appointments.ts'
import { occupancy } from '../../db/schema/availability.ts'
import { acceptances, bookings } from '../../db/schema/bookings.ts'
import { cancellationQuotes, cancellations } from '../../db/schema/cancellations.ts'
import { clients, consents, memberships } from '../../db/schema/clients.ts'
import { people } from '../../db/schema/identity.ts'
import { proposals } from '../../db/schema/moves.ts'
import { messages } from '../../db/schema/notices.ts'
import { partnerCalls, partnerInvitations } from '../../db/schema/partners.ts'
import { dues } from '../../db/schema/payments.ts'
import { deletePeople } from '../identity/nobody-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

/**
 * Clients of all practices who began with a call from a partner's page, at whom nothing happened since, and who never
 * became a client: they have one booking, owe and paid nothing, proved no address and made no page to share.
 */
export async function findForgottenCallers(db: Executor, since: DateTime): Promise<{ practice: string; id: string }[]> {
  const own = and(eq(bookings.practiceId, partnerCalls.practiceId), eq(bookings.clientId, partnerCalls.clientId))
  const last = db
    .select({
      at: sql`greatest(max(${bookings.createdAt}), max(${bookings.confirmedAt}), max(${bookings.endedAt}), max(${appointments.endsAt}) filter (where ${bookings.state} in ('confirmed', 'completed', 'no_show')), max(${appointments.movedAt}))`
    })
    .from(bookings)
    .leftJoin(
      appointments,
      and(eq(appointments.practiceId, bookings.practiceId), eq(appointments.bookingId, bookings.id))
    )
    .where(own)
  return db
    .select({ practice: partnerCalls.practiceId, id: partnerCalls.clientId })
    .from(partnerCalls)
    .where(
      and(
        sql`greatest((${last}), ${partnerCalls.createdAt}, ${partnerCalls.spokenAt}) < ${since.toUTC().toISO()}`,
        sql`(${db.select({ count: sql`count(*)` }).from(bookings).where(own)}) = 1`,
        sql`not exists (${db
          .select({ id: dues.id })
          .from(dues)
          .innerJoin(bookings, and(eq(bookings.practiceId, dues.practiceId), eq(bookings.id, dues.bookingId)))
          .where(own)})`,
        sql`not exists (${db
          .select({ id: people.id })
          .from(people)
          .innerJoin(
            memberships,
            and(eq(memberships.practiceId, people.practiceId), eq(memberships.personId, people.id))
          )
          .where(
            and(
              eq(memberships.practiceId, partnerCalls.practiceId),
              eq(memberships.clientId, partnerCalls.clientId),
              or(isNotNull(people.provenAt), isNotNull(people.joinedTo))
            )
          )})`,
        sql`not exists (${db
          .select({ id: partnerInvitations.id })
          .from(partnerInvitations)
          .where(
            and(
              eq(partnerInvitations.practiceId, partnerCalls.practiceId),
              eq(partnerInvitations.clientId, partnerCalls.clientId)
            )
          )})`
      )
    )
    .limit(200)
}

/** Locks the note of a caller: two workers delete one after the other. @returns false where it is gone */
export async function lockCaller(tx: Transaction, { practice }: PracticeScope, client: string): Promise<boolean> {
  const rows = await tx
    .select({ id: partnerCalls.clientId })
    .from(partnerCalls)
    .where(and(eq(partnerCalls.practiceId, practice.id), eq(partnerCalls.clientId, client)))
    .for('update')
  return rows.length > 0
}

/** Every row of a client and of the person who is nothing else here. What stays are ids in the events and the audit. */
export async function deleteCaller(tx: Transaction, { practice }: PracticeScope, client: string): Promise<void> {
  const ofPractice = practice.id
  const booked = await tx
    .select({ id: bookings.id, person: bookings.bookerId })
    .from(bookings)
    .where(and(eq(bookings.practiceId, ofPractice), eq(bookings.clientId, client)))
  const ids = booked.map(({ id }) => id)
  const persons = booked.map(({ person }) => person)
  const held = tx
    .select({ id: appointments.id })
    .from(appointments)
    .where(and(eq(appointments.practiceId, ofPractice), inArray(appointments.bookingId, ids)))
  for (const table of [occupancy, participants])
    await tx.delete(table).where(and(eq(table.practiceId, ofPractice), inArray(table.appointmentId, held)))
  const subjects = [...ids, ...(await held).map(({ id }) => id)]
  await tx.delete(messages).where(and(eq(messages.practiceId, ofPractice), inArray(messages.subjectId, subjects)))
  for (const table of [proposals, acceptances, cancellationQuotes, cancellations, appointments])
    await tx.delete(table).where(and(eq(table.practiceId, ofPractice), inArray(table.bookingId, ids)))
  await tx.delete(bookings).where(and(eq(bookings.practiceId, ofPractice), inArray(bookings.id, ids)))
  await deleteClient(tx, { practice }, client)
  await deletePeople(tx, { practice }, persons)
}

/** A client of whom no booking is left. */
export async function deleteClient(
  tx: Transaction,
  { practice }: Pick<PracticeScope, 'practice'>,
  client: string
): Promise<void> {
  for (const table of [consents, memberships, partnerCalls])
    await tx.delete(table).where(and(eq(table.practiceId, practice.id), eq(table.clientId, client)))
  await tx.delete(clients).where(and(eq(clients.practiceId, practice.id), eq(clients.id, client)))
}
