import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, ne, not, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { appointments, participants } from '../../db/schema/appointments.ts'
import { bookings } from '../../db/schema/bookings.ts'
import { places, resources, sessionTypeVersions } from '../../db/schema/catalog.ts'
import { people } from '../../db/schema/identity.ts'
import { revisedAt } from '../bookings/participant-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { type FeedWindow, shownStates } from './feed.ts'
import type { FoundFeed } from './store.ts'

const seconds = alias(resources, 'seconds')

/** The appointments of a feed's window that this person has or had, by start and id. */
export async function listFeedEntries(
  db: Executor,
  { practice }: PracticeScope,
  { person, scope }: Pick<FoundFeed, 'person' | 'scope'>,
  { from, to }: FeedWindow
) {
  const isOver = or(inArray(appointments.state, ['skipped', 'cancelled']), isNotNull(participants.removedAt))
  return db
    .select({
      appointment: appointments.id,
      booking: bookings.id,
      createdAt: bookings.createdAt,
      state: appointments.state,
      start: appointments.startsAt,
      end: appointments.endsAt,
      uid: participants.uid,
      sequence: participants.sequence,
      revisedAt,
      removedAt: participants.removedAt,
      typeName: sessionTypeVersions.name,
      place: places.name,
      address: places.address,
      link: places.link
    })
    .from(participants)
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, participants.practiceId), eq(appointments.id, participants.appointmentId))
    )
    .innerJoin(bookings, and(eq(bookings.practiceId, appointments.practiceId), eq(bookings.id, appointments.bookingId)))
    .innerJoin(resources, and(eq(resources.practiceId, bookings.practiceId), eq(resources.id, bookings.therapistId)))
    .leftJoin(seconds, and(eq(seconds.practiceId, bookings.practiceId), eq(seconds.id, bookings.secondTherapistId)))
    .innerJoin(
      sessionTypeVersions,
      and(
        eq(sessionTypeVersions.practiceId, bookings.practiceId),
        eq(sessionTypeVersions.sessionTypeId, bookings.sessionTypeId),
        eq(sessionTypeVersions.version, bookings.version)
      )
    )
    .innerJoin(places, and(eq(places.practiceId, appointments.practiceId), eq(places.id, appointments.placeId)))
    .where(
      and(
        eq(participants.practiceId, practice.id),
        inArray(
          participants.personId,
          db
            .select({ id: people.id })
            .from(people)
            .where(and(eq(people.practiceId, practice.id), or(eq(people.id, person), eq(people.joinedTo, person))))
        ),
        // A therapist may be somebody else's client: that is in the other feed.
        scope === 'client' ? not(isTherapistOf(person)) : isTherapistOf(person),
        inArray(bookings.state, [...shownStates]),
        isNotNull(bookings.confirmedAt),
        gt(appointments.endsAt, from),
        lt(appointments.startsAt, to),
        sql`(not ${isOver} or coalesce(${participants.removedAt}, ${revisedAt}) >= ${from.toISO()})`
      )
    )
    .orderBy(asc(appointments.startsAt), asc(appointments.id))
}

/** Its therapist, or the second of two. */
function isTherapistOf(person: string) {
  return sql`(${eq(resources.personId, person)} or coalesce(${eq(seconds.personId, person)}, false))`
}

/** Who else takes part in these appointments, with the sealed name. */
export async function listCompany(
  db: Executor,
  { practice }: PracticeScope,
  person: string,
  appointmentIds: readonly string[]
) {
  return db
    .select({ appointment: participants.appointmentId, person: people.id, name: people.name, dataKey: people.dataKey })
    .from(participants)
    .innerJoin(people, and(eq(people.practiceId, participants.practiceId), eq(people.id, participants.personId)))
    .where(
      and(
        eq(participants.practiceId, practice.id),
        inArray(participants.appointmentId, [...appointmentIds]),
        ne(participants.personId, person),
        isNull(participants.removedAt)
      )
    )
    .orderBy(asc(participants.appointmentId), asc(participants.personId))
}
