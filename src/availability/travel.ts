import type { TravelKeeps } from '../../db/schema/travels.ts'
import { dayNumber, localDayOf } from '../kernel/wall-clock.ts'
import { type Hours, openStretches, type Travel } from './open-stretches.ts'
import { cursor } from './stretches.ts'
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

/** Where a therapist is meanwhile, as it lies in the row: days inclusive. */
interface Away {
  zone: string
  firstDay: string
  lastDay: string
  keeps: TravelKeeps
  videoOnly: boolean
}

/**
 * Whether what is sold, from start to end (ms), would not be offered any more because of a travel: in a room while they are
 * away for video alone, or at an hour that is not open by the clock there. A day counts by the clock of home, and of the
 * other zone where the hours keep that one.
 * @param hours those that hold for it, all travels included; undefined for what they are no matter for
 */
export function isInTheWay(
  { zone, firstDay, lastDay, keeps, videoOnly }: Away,
  { start, end, inRoom, home }: { start: number; end: number; inRoom: boolean; home: string },
  hours: Hours | undefined
): boolean {
  const isOn = (day: number) => dayNumber(firstDay) <= day && day <= dayNumber(lastDay)
  const day = localDayOf(home, start)
  if (videoOnly && inRoom) return isOn(day)
  if (keeps === 'home' || !hours || !(isOn(day) || isOn(localDayOf(zone, start)))) return false
  return !cursor(openStretches(hours, day - 1, localDayOf(home, end) + 1)).covers(start, end)
}
