import { and, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { appointments } from '../../db/schema/appointments.ts'
import { acceptances, bookings } from '../../db/schema/bookings.ts'
import { editions, resources } from '../../db/schema/catalog.ts'
import { proposals } from '../../db/schema/moves.ts'
import { partnerCalls } from '../../db/schema/partners.ts'
import { isOfTherapist } from '../bookings/therapist-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'

const seconds = alias(resources, 'seconds')

/** Requested bookings that wait for the practice's yes; a therapist's own alone where one is named. */
export async function listOpenApprovals(db: Executor, scope: PracticeScope, therapist: string | undefined) {
  return db
    .select({ id: bookings.id, dueAt: acceptances.deadline })
    .from(acceptances)
    .innerJoin(bookings, and(eq(bookings.practiceId, acceptances.practiceId), eq(bookings.id, acceptances.bookingId)))
    .where(
      and(
        eq(acceptances.practiceId, scope.practice.id),
        eq(acceptances.by, 'practice'),
        isNull(acceptances.answer),
        eq(bookings.state, 'requested'),
        isOfTherapist(db, scope, therapist)
      )
    )
}

/** New times that clients asked for and nobody has answered. */
export async function listOpenWishes(db: Executor, scope: PracticeScope, therapist: string | undefined, now: DateTime) {
  return db
    .select({ id: bookings.id, dueAt: proposals.expiresAt })
    .from(proposals)
    .innerJoin(bookings, and(eq(bookings.practiceId, proposals.practiceId), eq(bookings.id, proposals.bookingId)))
    .where(
      and(
        eq(proposals.practiceId, scope.practice.id),
        eq(proposals.state, 'open'),
        eq(proposals.by, 'client'),
        gt(proposals.expiresAt, now),
        isOfTherapist(db, scope, therapist)
      )
    )
}

/** Dates on whose taking place somebody has to decide by then, soonest first; a therapist's own where one is named. */
export async function listUndecidedDates(
  db: Executor,
  { practice }: PracticeScope,
  therapist: string | undefined,
  until: string
) {
  return db
    .select({ id: editions.id, decideOn: editions.decideOn })
    .from(editions)
    .innerJoin(resources, and(eq(resources.practiceId, editions.practiceId), eq(resources.id, editions.therapistId)))
    .leftJoin(seconds, and(eq(seconds.practiceId, editions.practiceId), eq(seconds.id, editions.secondTherapistId)))
    .where(
      and(
        eq(editions.practiceId, practice.id),
        inArray(editions.state, ['open', 'full', 'closed']),
        isNull(editions.decision),
        lte(editions.decideOn, until),
        therapist ? or(eq(resources.personId, therapist), eq(seconds.personId, therapist)) : undefined
      )
    )
}

/** Calls from partners' pages that are over, of whom nobody has said yet that they have spoken with them. */
export async function listUnspoken(db: Executor, scope: PracticeScope, therapist: string | undefined, now: DateTime) {
  return db
    .selectDistinct({ id: bookings.id })
    .from(partnerCalls)
    .innerJoin(
      bookings,
      and(eq(bookings.practiceId, partnerCalls.practiceId), eq(bookings.clientId, partnerCalls.clientId))
    )
    .innerJoin(
      appointments,
      and(eq(appointments.practiceId, bookings.practiceId), eq(appointments.bookingId, bookings.id))
    )
    .where(
      and(
        eq(partnerCalls.practiceId, scope.practice.id),
        isNull(partnerCalls.spokenAt),
        eq(bookings.state, 'confirmed'),
        lte(appointments.endsAt, now),
        isOfTherapist(db, scope, therapist)
      )
    )
}
