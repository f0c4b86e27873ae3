import { type Laid, occupied } from '../catalog/lay.ts'
import type { Plan } from '../catalog/plan.ts'
import { isStep } from '../catalog/segment.ts'
import type { Session } from './care.ts'
import type { Calendar, Offer } from './engine.ts'

/** A step as it is asked for: by itself, on the grid, without the rules that are the whole's. */
export function singleOf({ before, after, grid, uncapped }: Offer, minutes: number): Offer {
  const plan: Plan = { anchor: 'start', dayExclusive: false, segments: [{ minutes, who: 'both', day: 0 }] }
  return { plan, before, after, grid, uncapped, notice: 0, horizon: Number.POSITIVE_INFINITY }
}

/** The calendar once these are sold: with their days or their buffers taken, and known to the rules of care. */
export function withTaken(offer: Offer, calendar: Calendar, laid: readonly Laid[], plan: Plan): Calendar {
  const { before, after, demanding = false, rest = 0 } = offer
  const taken = occupied(plan, laid, { before, after }, calendar.zone).flatMap(({ start, end }) => [start, end])
  const sold = laid.map(({ start, end, ordinal }): Session => {
    const same = !isStep(plan.segments[ordinal] ?? {})
    return { start, end, same, begins: same && ordinal === 0, demanding, rest }
  })
  const { second } = calendar
  return {
    ...calendar,
    busy: [...calendar.busy, ...taken],
    sold: [...calendar.sold, ...sold],
    ...(second && { second: { ...second, sold: [...second.sold, ...sold] } })
  }
}
