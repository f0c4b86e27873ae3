import { weekOf } from '../availability/caps.ts'
import type { Interval } from '../catalog/lay.ts'
import type { Rules } from '../catalog/rules.ts'
import { localDayOf } from '../kernel/wall-clock.ts'

/** What the rules of care ask of whoever books. All instants in ms. */
export interface ClientFacts {
  /** Starts of what they have of this type and its family, around the times that are wanted. */
  own: readonly number[]
  /** Their therapist says that they may come more often. */
  oftener: boolean
  /** When the earliest of the types that come first has been had, or will have been. */
  hadFirst: number | null
  /** Of somebody who belongs to a couple: whatever else like it anybody has at the place. */
  others: readonly [start: number, end: number][]
}

/** Whoever is not signed in is a first-time client, and so is whoever never had anything here: nothing tells them apart. */
export const firstTime: ClientFacts = { own: [], oftener: false, hadFirst: null, others: [] }

export type Unsuited = 'too-often' | 'first-comes-first' | 'too-near'

type ClientRules = Pick<Rules, 'perClientWeek' | 'first' | 'gapAtPlace'>

/** Whether any rule of the type depends on who the client is. */
export function dependsOnClient({ perClientWeek, first, gapAtPlace }: ClientRules): boolean {
  return perClientWeek !== undefined || first !== undefined || gapAtPlace !== undefined
}

/**
 * Why this client does not book these times, or undefined. Which of anybody’s sessions is too near is not told: it is
 * asked of all of them, so that no answer says that the other of a couple has one.
 */
export function unsuited(
  { perClientWeek = Number.POSITIVE_INFINITY, first, gapAtPlace = 0 }: ClientRules,
  { own, oftener, hadFirst, others }: ClientFacts,
  times: readonly Pick<Interval, 'start' | 'end'>[],
  zone: string
): Unsuited | undefined {
  const [begin] = times
  if (!begin) return undefined
  if (first && (hadFirst === null || hadFirst > begin.start)) return 'first-comes-first'
  const gap = gapAtPlace * 60_000
  if (times.some(({ start, end }) => others.some(([from, to]) => from < end + gap && start < to + gap)))
    return 'too-near'
  const weeks = [...own, ...times.map(({ start }) => start)].map(start => weekOf(localDayOf(zone, start)))
  const wanted = new Set(weeks.slice(own.length))
  const isFull = [...wanted].some(week => weeks.filter(other => other === week).length > perClientWeek)
  return isFull && !oftener ? 'too-often' : undefined
}
