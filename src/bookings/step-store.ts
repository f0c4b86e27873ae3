import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { appointments } from '../../db/schema/appointments.ts'
import { bookings } from '../../db/schema/bookings.ts'
import { sessionTypeVersions } from '../../db/schema/catalog.ts'
import { type Plan, withSteps } from '../catalog/plan.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { StepRow } from './open-steps.ts'
import { isOfTherapist } from './therapist-store.ts'

/** Confirmed bookings that have steps, each with its plan and its appointments by their numbers. */
export async function listStepwise(
  db: Executor,
  scope: PracticeScope,
  therapist: string | undefined
): Promise<{ booking: string; plan: Plan; rows: StepRow[] }[]> {
  const { practice } = scope
  const found = await db
    .select({ booking: bookings.id, plan: sessionTypeVersions.plan, steps: bookings.steps })
    .from(bookings)
    .innerJoin(
      sessionTypeVersions,
      and(
        eq(sessionTypeVersions.practiceId, bookings.practiceId),
        eq(sessionTypeVersions.sessionTypeId, bookings.sessionTypeId),
        eq(sessionTypeVersions.version, bookings.version)
      )
    )
    .where(
      and(
        eq(bookings.practiceId, practice.id),
        eq(bookings.state, 'confirmed'),
        sql`jsonb_path_exists(${sessionTypeVersions.plan}, '$.segments[*] ? (exists(@.after) || exists(@.before))')`,
        isOfTherapist(db, scope, therapist)
      )
    )
  if (found.length === 0) return []
  const rows = await db
    .select()
    .from(appointments)
    .where(
      and(
        eq(appointments.practiceId, practice.id),
        inArray(
          appointments.bookingId,
          found.map(({ booking }) => booking)
        )
      )
    )
    .orderBy(asc(appointments.ordinal))
  return found.map(({ booking, plan, steps }) => ({
    booking,
    plan: withSteps(plan, steps),
    rows: rows.filter(({ bookingId }) => bookingId === booking)
  }))
}
