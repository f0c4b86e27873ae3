import { localDayOf } from '../kernel/wall-clock.ts'
import { type Hours, openStretches } from './open-stretches.ts'
import { merged, overlap, without } from './stretches.ts'

/** What stands in a therapist's days besides what is sold: flat stretches [start, end, start, end …] in ms. */
export interface DayClaims {
  /** What unpaid holds keep, buffers included. */
  held: readonly number[]
  /** When the therapist is not there. */
  away: readonly number[]
}

/**
 * Whether several unpaid holds together would take more than so many per cent of what a therapist works on one of the
 * days that are wanted: opening hours without absences, counted by the clock. A day's only hold may take all of it,
 * because a whole day is offered too.
 * @param wanted what the new hold would keep, buffers included, as flat stretches
 */
export function isTooMuchHeld(
  hours: Hours,
  wanted: readonly number[],
  { held, away }: DayClaims,
  percent: number
): boolean {
  const days = new Set(wanted.filter((_, index) => index % 2 === 0).map(start => localDayOf(hours.zone, start)))
  return [...days].some(day => {
    const worked = without(openStretches(hours, day, day), merged(away))
    if (overlap(worked, merged(held)) === 0) return false
    const taken = overlap(worked, merged([...held, ...wanted]))
    return taken * 100 > overlap(worked, worked) * percent
  })
}
