import type { Moving } from '../availability/choose-move.ts'
import { dayStart } from '../availability/reach.ts'
import { gapBetween } from '../availability/step-windows.ts'
import type { Plan } from '../catalog/plan.ts'
import { localDayOf } from '../kernel/wall-clock.ts'
import type { StepRow } from './open-steps.ts'
import { isOwn, type Whose } from './own-times.ts'

const day = 86_400_000

/**
 * A step for both as one of the two asks for a time of it: the other's own steps are no bound, else its days would tell when
 * they are. It lies late enough that each of those before it could still be tomorrow, whether it is ahead, open or over; those
 * behind which another step for both has its time are in their order by that one.
 * @param now in ms
 */
export function askedBy(moving: Moving, whose: Whose, zone: string, now: number): Moving {
  const { between } = moving
  if (!between || whose === 'everybody') return moving
  const { plan, ordinal, laid, days } = between
  if (plan.segments[ordinal]?.who !== 'both') return moving
  const isHidden = (number: number) => isOwnStep(plan, number) && !isOwn(plan.segments[number]?.who ?? 'both', whose)
  const seen = laid.filter(step => !isHidden(step.ordinal))
  const last = Math.max(
    -1,
    ...seen.map(step => step.ordinal).filter(number => number < ordinal && !isOwnStep(plan, number))
  )
  const gaps = plan.segments.flatMap(({ before, optional }, number) =>
    last < number && number < ordinal && !before && !optional && isHidden(number)
      ? [gapBetween(plan, number, ordinal).min]
      : []
  )
  const tomorrow = localDayOf(zone, now + day)
  const from = Math.max(days?.from ?? -Infinity, ...gaps.map(gap => dayStart(zone, tomorrow + gap)))
  return { ...moving, between: { ...between, laid: seen, days: { from, to: days?.to ?? Infinity } } }
}

/** The own steps ahead that no longer keep their order, or their smallest gap, beside a step for both that has a new time. */
export function outOfOrder<R extends StepRow>(plan: Plan, rows: readonly R[], laid: R, now: number): R[] {
  if (laid.who !== 'both') return []
  return rows.filter(row => {
    if (!isOwnStep(plan, row.ordinal) || row.state !== 'planned' || row.startsAt.toMillis() <= now) return false
    if (plan.segments[row.ordinal]?.before) return false
    const [first, second] = row.ordinal < laid.ordinal ? [row, laid] : [laid, row]
    const apart = localDayOf(laid.zone, second.startsAt.toMillis()) - localDayOf(laid.zone, first.endsAt.toMillis() - 1)
    return first.endsAt > second.startsAt || apart < gapBetween(plan, first.ordinal, second.ordinal).min
  })
}

function isOwnStep({ segments }: Plan, ordinal: number): boolean {
  const who = segments[ordinal]?.who
  return who === 'first' || who === 'second'
}
