import { wallMinutes } from '../catalog/plan.ts'
import { piecesOf } from '../kernel/wall-clock.ts'
import type { Offer } from './engine.ts'

/** Whether a plan may begin at this instant of the wall clock. */
export function isOnGrid({ plan, grid }: Offer, zone: string, day: number, start: number): boolean {
  const piece = piecesOf(zone, day).find(({ start: from, end }) => from <= start && start < end)
  if (!piece || plan.anchor === 'edition') return false
  const wall = start + piece.offset - day * 86_400_000
  const [first] = plan.segments
  if (plan.anchor === 'day') return wall === wallMinutes(first?.at ?? '00:00') * 60_000
  return wall % (grid * 60_000) === 0
}
