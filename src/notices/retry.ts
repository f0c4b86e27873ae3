import type { DateTime } from 'luxon'

/** After so many attempts, about six hours, a mail is given up and its row says `failed`. */
export const mostTries = 12

/** For so long, in minutes, a claimed row belongs to whoever claimed it; then that worker counts as dead. */
export const leaseMinutes = 5

/** When to try again after so many attempts: 1, 2, 4 … minutes later, at most an hour. */
export function nextTry(tries: number, now: DateTime): DateTime {
  return now.plus({ minutes: Math.min(2 ** Math.max(0, tries - 1), 60) })
}
