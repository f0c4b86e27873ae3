import { withSteps } from '../catalog/plan.ts'
import { isStep } from '../catalog/segment.ts'
import type { Place } from './check-each.ts'
import { type Calendar, findSlots, type Offer, type Slot } from './engine.ts'
import { singleOf, withTaken } from './once-sold.ts'
import { fitsBetween, openStepsOf } from './step-windows.ts'

/**
 * The starts that a step could have instead, in its window and in nobody's way, nearest first; in the order of time.
 * @param taken the steps that are taken along, by their numbers: also those that get their time later
 */
export function otherStartsAround(
  offer: Offer,
  calendar: Calendar,
  { laid, taken }: { laid: readonly Place[]; taken: readonly number[] },
  place: Place,
  earliest: number,
  most = 8
): Slot[] {
  const { zone } = calendar
  const plan = withSteps(offer.plan, taken)
  const segment = plan.segments[place.ordinal]
  // The other's own step gives way: what is missing here would else tell where it was proposed.
  const others = laid.filter(({ ordinal, who }) => ordinal !== place.ordinal && who !== 'second')
  const whole = others.filter(({ ordinal }) => !isStep(plan.segments[ordinal] ?? {}))
  const window = openStepsOf(plan, zone, whole).find(step => step.ordinal === place.ordinal)
  if (!segment || !window) return []
  const around = withTaken(offer, calendar, others, plan)
  const single = singleOf(offer, segment.minutes)
  return findSlots(single, around, { from: Math.max(earliest, window.from), to: window.to, now: earliest })
    .filter(({ start, end }) => start !== place.start && fitsBetween(plan, zone, others, { ...place, start, end }))
    .sort((one, other) => Math.abs(one.start - place.start) - Math.abs(other.start - place.start))
    .slice(0, most)
    .sort((one, other) => one.start - other.start)
}
