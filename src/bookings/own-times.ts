import type { DateTime } from 'luxon'
import type { appointments } from '../../db/schema/appointments.ts'
import { hasOpenSteps, type Plan } from '../catalog/plan.ts'
import type { Who } from '../catalog/segment.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { instantOf } from '../kernel/time.ts'
import type { Booking } from './booking.ts'
import { waitingSteps } from './open-steps.ts'
import { idsOf } from './standing.ts'

export type LaidTime = Pick<
  typeof appointments.$inferSelect,
  'id' | 'ordinal' | 'startsAt' | 'endsAt' | 'who' | 'state' | 'zone'
>
/** A step that gets its time later, between these instants. */
export interface OpenTime {
  who: Who
  /** Its number in the plan. */
  step: number
  open: { from: DateTime; to: DateTime }
  /** The one before it was called off, and gets its time first. */
  waits?: true
}
/** The other's own step. */
export interface OtherTime {
  who: 'other'
}
export type OwnTime = LaidTime | OpenTime | OtherTime

/** Whose steps an actor sees and lays: a client their own, staff everybody's. */
export async function whoseOf(
  db: Executor,
  scope: PracticeScope,
  actor: Actor,
  { bookerId }: Pick<Booking, 'bookerId'>
): Promise<Whose> {
  if (actor.kind === 'staff') return 'everybody'
  return (await idsOf(db, scope, actor)).includes(bookerId) ? 'first' : 'second'
}

/** Whose steps somebody sees: the booker's, the other's, or everybody's. */
export type Whose = 'first' | 'second' | 'everybody'

/**
 * The appointments of a booking as one of its people sees them, in the order of its plan: their own and those for both;
 * of the other's own steps that there is one, and neither when nor how it stands.
 * @param taken the booking takes its times, or took them
 */
export function ownTimes(plan: Plan, laid: readonly LaidTime[], whose: Whose, taken = true): OwnTime[] {
  if (!hasOpenSteps(plan)) return laid.map(step => (isOwn(step.who, whose) ? step : { who: 'other' as const }))
  // Where nothing takes place any more there is nothing to wait for either.
  // In which days a step can lie is asked of what the reader sees: the other's own step would else be told by them.
  const seen = laid.filter(({ who }) => isOwn(who, whose))
  const steps = taken ? withOpenSteps(plan, seen) : seen.map(step => ({ ordinal: step.ordinal, step }))
  const own = steps.filter(({ step }) => isOwn(step.who, whose))
  // The plan says that there is one, whether it ever had a time or not.
  const others = plan.segments.flatMap(({ who, optional }, ordinal) =>
    optional || isOwn(who, whose) ? [] : [{ ordinal, step: { who: 'other' as const } }]
  )
  return [...own, ...others].sort((one, other) => one.ordinal - other.ordinal).map(({ step }) => step)
}

/** Whether a step is for somebody: their own, or for both. */
export function isOwn(who: OwnTime['who'], whose: Whose): boolean {
  return whose === 'everybody' || (who !== (whose === 'first' ? 'second' : 'first') && who !== 'other')
}

/** What has a time, and between them the steps that have none. */
function withOpenSteps(plan: Plan, laid: readonly LaidTime[]): { ordinal: number; step: LaidTime | OpenTime }[] {
  const open = waitingSteps(plan, laid).map(({ ordinal, who, from, to, waits }) => ({
    ordinal,
    step: {
      who,
      step: ordinal,
      open: { from: instantOf(from), to: instantOf(to) },
      ...(waits && { waits: true as const })
    }
  }))
  const kept = laid.filter(({ state }) => state !== 'cancelled')
  return [...kept.map(step => ({ ordinal: step.ordinal, step })), ...open]
}
