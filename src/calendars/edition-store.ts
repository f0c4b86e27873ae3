import { and, asc, eq, gt, isNotNull, lt, ne, sql } from 'drizzle-orm'
import { appointments, participants } from '../../db/schema/appointments.ts'
import { editions } from '../../db/schema/catalog.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { FeedWindow } from './feed.ts'

/** The blocks of editions that a therapist gives: each stands once in their feed, whoever comes. By start and id. */
export async function listEditionEntries(
  db: Executor,
  { practice }: PracticeScope,
  person: string,
  { from, to }: FeedWindow
) {
  return db
    .select({
      appointment: appointments.id,
      edition: editions.id,
      state: appointments.state,
      start: appointments.startsAt,
      end: appointments.endsAt,
      uid: participants.uid,
      sequence: participants.sequence,
      revisedAt: participants.revisedAt
    })
    .from(participants)
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, participants.practiceId), eq(appointments.id, participants.appointmentId))
    )
    .innerJoin(editions, and(eq(editions.practiceId, appointments.practiceId), eq(editions.id, appointments.editionId)))
    .where(
      and(
        eq(participants.practiceId, practice.id),
        eq(participants.personId, person),
        isNotNull(appointments.editionId),
        ne(editions.state, 'draft'),
        gt(appointments.endsAt, from),
        lt(appointments.startsAt, to),
        sql`(${appointments.state} <> 'cancelled' or ${participants.revisedAt} >= ${from.toISO()})`
      )
    )
    .orderBy(asc(appointments.startsAt), asc(appointments.id))
}
