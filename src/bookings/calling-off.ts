import type { DateTime } from 'luxon'
import { firstToStay } from '../availability/first-to-stay.ts'
import type { Plan } from '../catalog/plan.ts'
import type { CancellationPolicy } from '../catalog/rules.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { Terms } from './ahead.ts'
import { type By, type Cancellation, cancellationOf } from './cancellation.ts'
import { placeOf, type StepRow } from './open-steps.ts'
import { countingStart, type Part } from './parts.ts'
import type { SkipRow } from './skip-store.ts'

/** How a step is marked that gave way because the one before it was called off. */
export const givenWay = 'given-way'

/** What comes of calling off one step. Amounts in minor units of the booking's currency. */
export interface CalledOff extends Cancellation {
  /** It gets another time for nothing more; else its share is kept, and it is no more. */
  opens: boolean
}

/** Beside what belongs together a step has a notice of its own: two days, as for a single session. */
const besideDays: CancellationPolicy = {
  bands: [
    { notice: { hours: 48 }, keep: { fixed: 0 } },
    { notice: { hours: 0 }, keep: { percentOfPrice: 100 } }
  ]
}

/** By which notice how much is kept of a step's share: by the terms of the type where all of it is steps. */
export function policyOfStep({ plan, policy }: Pick<SessionType, 'plan' | 'policy'>): CancellationPolicy {
  return plan.apart ? policy : besideDays
}

/**
 * In time, or by the practice, a step is open again and its share stays paid: nothing goes back. Later the policy keeps
 * what it keeps of that share, whether it is paid by now or comes with an instalment; what is over goes back.
 */
export function callOffOf(terms: Terms, by: By, step: Part, at: DateTime): CalledOff {
  const paid = step.price ?? 0
  const start = countingStart([step], at) ?? step.startsAt
  const { band, refund, fee } = cancellationOf({ ...terms, paid, by, start, at, parts: [step] })
  return { band, fee, refund: fee > 0 ? refund : 0, opens: fee === 0 }
}

/**
 * The steps that give way when one is called off that both take part in: what follows it and is ahead, up to the first for
 * both before which it still finds a later day. Of an own step nothing gives way, nor of one before what belongs together.
 */
export function givingWay<R extends StepRow>(plan: Plan, rows: readonly R[], off: R, now: DateTime): R[] {
  const isBefore = ({ ordinal }: StepRow) => plan.segments[ordinal]?.before !== undefined
  if (off.who !== 'both' || isBefore(off)) return []
  const { zone } = off
  const laid = rows.filter(
    row => row.who === 'both' && row.state !== 'cancelled' && row.ordinal !== off.ordinal && !isBefore(row)
  )
  const stays = firstToStay(plan, zone, laid.map(placeOf), placeOf(off)) ?? Number.POSITIVE_INFINITY
  return rows.filter(
    ({ ordinal, state, startsAt }) => ordinal > off.ordinal && ordinal < stays && state === 'planned' && startsAt > now
  )
}

/** What is written down of a step that gave way with another, or with days that were moved: nothing is kept of it. */
export function gaveWay(
  {
    practiceId,
    id,
    bookingId,
    startsAt
  }: { practiceId: string; id: string; bookingId: string | null; startsAt: DateTime },
  by: By,
  actor: string,
  at: DateTime
): SkipRow {
  return {
    practiceId,
    appointmentId: id,
    bookingId: bookingId ?? '',
    by,
    actor,
    at,
    startsAt,
    band: givenWay,
    counted: false,
    refund: 0,
    fee: 0,
    decideBy: null,
    decision: null,
    decidedAt: null,
    madeUpAt: null
  }
}
