import { and, asc, eq, getTableColumns, inArray, isNull, max, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { appointments, participants } from '../../db/schema/appointments.ts'
import { acceptances, bookings } from '../../db/schema/bookings.ts'
import { skips } from '../../db/schema/cancellations.ts'
import { places, resources, sessionTypeVersions } from '../../db/schema/catalog.ts'
import { proposals } from '../../db/schema/moves.ts'
import { revisedAt } from '../bookings/participant-store.ts'
import { withSteps } from '../catalog/plan.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'

const seconds = alias(resources, 'seconds')

export type BookingFacts = NonNullable<Awaited<ReturnType<typeof findBooking>>>
export type AppointmentFacts = Awaited<ReturnType<typeof listAppointments>>[number]
export type ProposalFacts = NonNullable<Awaited<ReturnType<typeof findProposal>>>
export type ParticipantFacts = Awaited<ReturnType<typeof listParticipants>>[number]

/** A booking, found by its own id or by an appointment's, with what a mail may need of it. */
export async function findBooking(db: Executor, { practice }: PracticeScope, subjectId: string) {
  const ofAppointment = db
    .select({ id: appointments.bookingId })
    .from(appointments)
    .where(and(eq(appointments.practiceId, practice.id), eq(appointments.id, subjectId)))
  const [row] = await db
    .select({
      id: bookings.id,
      editionId: bookings.editionId,
      state: bookings.state,
      bookerId: bookings.bookerId,
      createdAt: bookings.createdAt,
      holdUntil: bookings.holdUntil,
      typeName: sessionTypeVersions.name,
      plan: sessionTypeVersions.plan,
      steps: bookings.steps,
      policy: sessionTypeVersions.policy,
      rules: sessionTypeVersions.rules,
      therapist: resources.name,
      therapistPersonId: resources.personId,
      secondPersonId: seconds.personId,
      place: places.name,
      address: places.address,
      link: places.link
    })
    .from(bookings)
    .innerJoin(
      sessionTypeVersions,
      and(
        eq(sessionTypeVersions.practiceId, bookings.practiceId),
        eq(sessionTypeVersions.sessionTypeId, bookings.sessionTypeId),
        eq(sessionTypeVersions.version, bookings.version)
      )
    )
    .innerJoin(resources, and(eq(resources.practiceId, bookings.practiceId), eq(resources.id, bookings.therapistId)))
    .leftJoin(seconds, and(eq(seconds.practiceId, bookings.practiceId), eq(seconds.id, bookings.secondTherapistId)))
    .innerJoin(places, and(eq(places.practiceId, bookings.practiceId), eq(places.id, bookings.placeId)))
    .where(
      and(eq(bookings.practiceId, practice.id), or(eq(bookings.id, subjectId), inArray(bookings.id, ofAppointment)))
    )
  return row && { ...row, plan: withSteps(row.plan, row.steps) }
}

type Therapists = Pick<BookingFacts, 'therapistPersonId' | 'secondPersonId'>

/** Its therapist, or both of two who sit together: what waits for an answer waits for either. */
export function therapistsOf({ therapistPersonId, secondPersonId }: Therapists): string[] {
  return [therapistPersonId, secondPersonId].filter(person => person !== null)
}

/** Whether somebody is its therapist, or the second of two. */
export function isTherapist(booking: Therapists, person: string): boolean {
  return therapistsOf(booking).includes(person)
}

/** The appointments of a booking in the order of time. */
export async function listAppointments(db: Executor, { practice }: PracticeScope, bookingId: string) {
  return db
    .select({
      id: appointments.id,
      ordinal: appointments.ordinal,
      who: appointments.who,
      zone: appointments.zone,
      startsAt: appointments.startsAt,
      endsAt: appointments.endsAt,
      state: appointments.state,
      /** It keeps no time until its series goes on. */
      paused: sql<boolean>`${appointments.state} = 'skipped' and not exists (select from ${skips}
        where ${skips.practiceId} = ${appointments.practiceId} and ${skips.appointmentId} = ${appointments.id})`,
      movedAt: appointments.movedAt,
      movedFrom: appointments.movedFrom,
      /** Since when it is skipped or called off by itself; nothing once it was made up for or has its time again. */
      offAt: skips.at
    })
    .from(appointments)
    .leftJoin(
      skips,
      and(
        eq(skips.practiceId, appointments.practiceId),
        eq(skips.appointmentId, appointments.id),
        isNull(skips.madeUpAt)
      )
    )
    .where(and(eq(appointments.practiceId, practice.id), eq(appointments.bookingId, bookingId)))
    .orderBy(asc(appointments.startsAt))
}

/** Who takes part in a booking's appointments, each with the calendar identity that is theirs alone. */
export async function listParticipants(db: Executor, { practice }: PracticeScope, bookingId: string) {
  return db
    .select({ ...getTableColumns(participants), revisedAt })
    .from(participants)
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, participants.practiceId), eq(appointments.id, participants.appointmentId))
    )
    .innerJoin(bookings, and(eq(bookings.practiceId, appointments.practiceId), eq(bookings.id, appointments.bookingId)))
    .where(and(eq(participants.practiceId, practice.id), eq(bookings.id, bookingId)))
    .orderBy(asc(appointments.startsAt), asc(participants.personId))
}

/**
 * Until when the last yes is asked that a booking waits for, or waited for; undefined where none ever was.
 * @param by the one whose yes it is; else of all, and nothing tells of whom it is the last
 */
export async function findDeadline(db: Executor, { practice }: PracticeScope, bookingId: string, by?: string) {
  const [row] = await db
    .select({ deadline: max(acceptances.deadline) })
    .from(acceptances)
    .where(
      and(
        eq(acceptances.practiceId, practice.id),
        eq(acceptances.bookingId, bookingId),
        by === undefined ? undefined : eq(acceptances.by, by)
      )
    )
  return row?.deadline ?? undefined
}

/** A new time that was proposed, whatever came of it. */
export async function findProposal(db: Executor, { practice }: PracticeScope, id: string) {
  const [row] = await db
    .select()
    .from(proposals)
    .where(and(eq(proposals.practiceId, practice.id), eq(proposals.id, id)))
  return row
}
