import type { Plan } from '../catalog/plan.ts'
import { localDayOf } from '../kernel/wall-clock.ts'
import { gapBetween, reachOf, type Timed } from './step-windows.ts'

/**
 * Which step that both take part in is the first after one that can stay where it is when that one is called off: there is
 * a later day for it before that step, with every gap kept. Own steps are not asked: who reads what gives way would else
 * read off when the other comes.
 * @param laid the steps for both that have a time, without the one that is called off; in the plan's order
 * @returns its number; undefined where none can stay
 */
export function firstToStay(plan: Plan, zone: string, laid: readonly Timed[], off: Timed): number | undefined {
  const before = laid.findLast(({ ordinal }) => ordinal < off.ordinal)
  const from = localDayOf(zone, off.start) + 1
  const reach = reachOf(plan)
  const earliest = before ? localDayOf(zone, before.end - 1) + gapBetween(plan, before.ordinal, off.ordinal).min : from
  const latest = before
    ? localDayOf(zone, before.end - 1) + gapBetween(plan, before.ordinal, off.ordinal).max
    : Infinity
  const last = laid.at(-1)
  const spread = before || !last ? -Infinity : localDayOf(zone, last.start) - reach
  return laid.find(({ ordinal, start }) => {
    if (ordinal < off.ordinal) return false
    const { min, max } = gapBetween(plan, off.ordinal, ordinal)
    const day = localDayOf(zone, start)
    return Math.max(from, earliest, day - max, spread) <= Math.min(latest, day - min)
  })?.ordinal
}
