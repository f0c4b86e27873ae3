import { and, eq, inArray, or } from 'drizzle-orm'
import { bookings } from '../../db/schema/bookings.ts'
import { resources } from '../../db/schema/catalog.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'

/**
 * As a condition: a booking of this therapist, alone or with another. What waits for an answer waits for either of the two.
 * @param person the therapist's, by the person's id; undefined for everybody's
 */
export function isOfTherapist(db: Executor, { practice }: PracticeScope, person: string | undefined) {
  if (person === undefined) return undefined
  const theirs = db
    .select({ id: resources.id })
    .from(resources)
    .where(and(eq(resources.practiceId, practice.id), eq(resources.personId, person)))
  return or(inArray(bookings.therapistId, theirs), inArray(bookings.secondTherapistId, theirs))
}
