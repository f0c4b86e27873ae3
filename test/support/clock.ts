import { DateTime } from 'luxon'

/** A clock that a test owns: it stands still until it is set or moved. */
export interface OwnClock {
  now(): DateTime
  set(instant: string): void
  move(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void
}

export function ownClock(start = '2027-02-01T12:00:00Z'): OwnClock {
  let time = DateTime.fromISO(start, { zone: 'utc' })
  return {
    now: () => time,
    set(instant) {
      time = DateTime.fromISO(instant, { zone: 'utc' })
    },
    move(by) {
      time = time.plus(by)
    }
  }
}
