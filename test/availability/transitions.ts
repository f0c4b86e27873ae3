import { wallClock } from './oracle.ts'

/** A change of a zone's offset: the instant of its first minute, in ms. */
export interface Transition {
  zone: string
  at: number
  /** Zones whose clocks do the same at the same instant share it. */
  like: string
}

const day = 86_400_000

/** Every change that some zone of this machine's tz database makes from 2026 to 2028, each kind once. */
export function distinctTransitions(zones = Intl.supportedValuesOf('timeZone')): Transition[] {
  const found = new Map<string, Transition>()
  for (const zone of zones) {
    let next = offset(zone, Date.UTC(2026, 0, 1))
    for (let start = Date.UTC(2026, 0, 1); start < Date.UTC(2029, 0, 1); start += 7 * day) {
      const [before, after] = [next, offset(zone, start + 7 * day)]
      next = after
      // A week is short enough for every zone but Morocco's, whose two changes lie a month apart.
      if (before === after) continue
      let [low, high] = [start, start + 7 * day]
      while (high - low > 60_000) {
        const middle = low + Math.floor((high - low) / 120_000) * 60_000
        if (offset(zone, middle) === before) low = middle
        else high = middle
      }
      const like = `${high} ${before} ${after}`
      if (!found.has(like)) found.set(like, { zone, at: high, like })
    }
  }
  return [...found.values()]
}

/** Minutes between UTC and the zone's wall clock. */
function offset(zone: string, instant: number): number {
  const { date, minutes } = wallClock(zone, instant)
  return (Date.parse(date) - instant) / 60_000 + minutes
}
