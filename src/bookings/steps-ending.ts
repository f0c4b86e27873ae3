import type { DateTime } from 'luxon'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { instantOf } from '../kernel/time.ts'
import { waitingSteps } from './open-steps.ts'
import { listStepwise } from './step-store.ts'

/** For so many days before a step can be laid no more, it is a task of the therapist. */
const soonDays = 7

/**
 * Bookings of which a step has no time and soon cannot get one any more, or cannot now: each by the first that ends.
 * @param therapist only theirs, by their person's id
 */
export async function listStepsEnding(
  db: Executor,
  scope: PracticeScope,
  now: DateTime,
  therapist: string | undefined
): Promise<{ booking: string; until: DateTime }[]> {
  const soon = now.plus({ days: soonDays }).toMillis()
  const found = await listStepwise(db, scope, therapist)
  return found.flatMap(({ booking, plan, rows }) => {
    const ends = waitingSteps(plan, rows).flatMap(({ to, waits }) => (waits || to > soon ? [] : [to]))
    return ends.length > 0 ? [{ booking, until: instantOf(Math.min(...ends)) }] : []
  })
}
