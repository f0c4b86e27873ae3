import type { DateTime } from 'luxon'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Money } from '../kernel/money.ts'
import { findDues } from '../payments/due-store.ts'
import { backAhead } from './ahead.ts'
import type { Booking } from './booking.ts'
import { movedFrom } from './moving.ts'
import { withOthersSteps } from './others-steps.ts'
import { countedAppointments, hiddenFrom } from './paused.ts'
import { findTerms } from './quote-cancellation.ts'
import { listWaiting } from './waiting-share.ts'

/** What was paid, and what of it would come back until when: exact sums, soonest first. */
export interface BackView {
  paid: Money
  ahead: readonly { until: DateTime; back: Money }[]
}

/**
 * What the client's cancellation of a confirmed booking would give back from `now` on.
 * @param moved as it would be if this appointment were moved to this start at `now`
 */
export async function readBack(
  db: Executor,
  scope: PracticeScope,
  booking: Booking,
  now: DateTime,
  moved?: { appointment: string; start: DateTime }
): Promise<BackView> {
  const terms = await findTerms(db, scope, booking)
  const counted = await countedAppointments(db, scope, booking)
  const first = counted.find(({ id }) => id === moved?.appointment)
  // What belongs together moves together: only the first start counts, and that is exact.
  const later = moved && first ? moved.start.diff(first.startsAt) : undefined
  const appointments = counted.map(one =>
    later && (one === first || (first?.price === null && one.price === null))
      ? { ...one, startsAt: one.startsAt.plus(later), movedAt: now, movedFrom: movedFrom(one, now) }
      : one
  )
  const money = (amount: number): Money => ({ amount, currency: booking.price.currency })
  const dues = await findDues(db, scope, booking.id)
  const instalments = dues.filter(({ reason, state }) => reason === 'instalment' && state === 'scheduled')
  const waiting = await listWaiting(db, scope, booking, hiddenFrom.booker)
  const ahead = backAhead(terms, await withOthersSteps(db, scope, booking, appointments), now, instalments, waiting)
  return { paid: money(terms.paid), ahead: ahead.map(({ until, refund }) => ({ until, back: money(refund) })) }
}
