import { dayNumber } from '../kernel/wall-clock.ts'
import type { Travel } from './open-stretches.ts'
import type { Loaded } from './window-store.ts'

/**
 * What a therapist's travels mean for one place. At a place with a room nobody is there while they are away for video
 * alone. Where the hours keep the clock of the other zone, each of those days is laid by it; where they keep home's,
 * nothing else changes.
 */
export function travelsAt(travels: Loaded['travels'], therapist: string, room: string | null): Travel[] {
  return travels.flatMap(([resource, zone, firstDay, lastDay, keeps, videoOnly]) => {
    if (resource !== therapist) return []
    const closed = videoOnly && room !== null
    if (keeps === 'home' && !closed) return []
    const days = { first: dayNumber(firstDay), last: dayNumber(lastDay), closed }
    return [keeps === 'local' ? { ...days, zone } : days]
  })
}
