import type { DateTime } from 'luxon'
import { anewFrom, type OpenStep, openStepsOf } from '../availability/step-windows.ts'
import { hasOpenSteps, type Plan } from '../catalog/plan.ts'
import type { Who } from '../catalog/segment.ts'

/** An appointment as the steps around it ask for it. */
export interface StepRow {
  ordinal: number
  who: string
  startsAt: DateTime
  endsAt: DateTime
  state: string
  zone: string
}

/** A step without a time, the days on which it can get one, and whether another step comes first. */
export interface WaitingStep extends OpenStep {
  waits: boolean
}

/**
 * The steps of a booking that have no time, or none any more: one that was called off in time stands in its row as
 * cancelled, and waits as one that never had a time. One whose share was kept is settled, and bounds what follows.
 * @param rows its appointments, by their numbers
 */
export function waitingSteps(plan: Plan, rows: readonly StepRow[]): WaitingStep[] {
  const [first] = rows
  if (!first || !hasOpenSteps(plan)) return []
  const laid = rows.filter(({ state }) => state !== 'cancelled').map(placeOf)
  const open = laid.length > 0 ? openStepsOf(plan, first.zone, laid) : anewFrom(plan, first.zone, rows.map(placeOf))
  return open.map(step => ({ ...step, waits: comesAfterOff(plan, rows, step.ordinal) }))
}

/**
 * Whether a step can still get its time: then its booking is not over.
 * @param but whose own steps are not asked
 */
export function stepsWait(plan: Plan, rows: readonly StepRow[], now: DateTime, but: readonly Who[] = []): boolean {
  return waitingSteps(plan, rows).some(({ who, to }) => !but.includes(who) && to > now.toMillis())
}

/**
 * Of the steps for both before it the last one was called off: it has its time again before what follows it. Steps before what
 * belongs together come before that, and before nothing else.
 */
function comesAfterOff({ segments }: Plan, rows: readonly StepRow[], ordinal: number): boolean {
  const isBefore = (number: number) => segments[number]?.before !== undefined
  const earlier = rows.filter(row => row.ordinal < ordinal && !isBefore(row.ordinal))
  return !isBefore(ordinal) && earlier.findLast(({ who }) => who === 'both')?.state === 'cancelled'
}

export function placeOf({ ordinal, startsAt, endsAt }: Pick<StepRow, 'ordinal' | 'startsAt' | 'endsAt'>) {
  return { ordinal, start: startsAt.toMillis(), end: endsAt.toMillis() }
}
