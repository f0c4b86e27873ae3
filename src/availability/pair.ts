import type { Interval } from '../catalog/plan.ts'
import type { Loaded } from './store.ts'

type Offering = Loaded['offerings'][number]

/** With whom and where something can be had: one therapist at a place, or two of them together. */
export interface Offered extends Offering {
  second?: Offering | undefined
}

/** An offering that is free at a start, and how the plan lies there. */
export interface Free {
  offering: Offering
  segments: readonly Pick<Interval, 'start' | 'end'>[]
}

/** How many therapists a session of this type takes. */
export function howMany({ type }: Pick<Loaded, 'type'>): 1 | 2 {
  return type?.rules.therapists ?? 1
}

/**
 * The first two, in the practice's order, who are free at the same place for the same times: both are open, both clear,
 * neither asked too much.
 * @param therapist the slug of one who must be among them
 */
export function firstPair(free: readonly Free[], therapist: string | undefined): Offered | undefined {
  for (const [index, one] of free.entries())
    for (const other of free.slice(index + 1)) {
      const isWanted = [one, other].some(({ offering }) => offering.therapistSlug === therapist)
      if (one.offering.place !== other.offering.place || (therapist && !isWanted)) continue
      if (isSame(one.segments, other.segments)) return { ...one.offering, second: other.offering }
    }
  return undefined
}

/** Two whose calendars are kept in different zones meet only where the plan lies alike in both. */
function isSame(one: Free['segments'], other: Free['segments']): boolean {
  return one.every(({ start }, index) => other[index]?.start === start)
}
