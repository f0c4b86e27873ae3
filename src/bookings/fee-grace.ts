import type { DateTime } from 'luxon'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { isJoint } from './acceptance.ts'
import { findAcceptances } from './acceptance-store.ts'
import type { Cancellation } from './cancellation.ts'

/** For so many hours staff may say that a late fee is kept. */
const graceHours = 24

/**
 * Until when staff decide over the fee of a late cancellation; null where there is nothing to decide. Of an appointment of
 * two none is ever kept by itself, whoever of them cancelled: one could else cancel late to hit the other's card.
 */
export async function graceOf(
  db: Executor,
  scope: PracticeScope,
  bookingId: string,
  { fee }: Cancellation,
  now: DateTime
): Promise<DateTime | null> {
  const joint = fee > 0 && isJoint(await findAcceptances(db, scope, bookingId))
  return joint ? now.plus({ hours: graceHours }) : null
}
