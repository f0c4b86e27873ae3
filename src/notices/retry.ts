import type { DateTime } from 'luxon'

/**
 * After so many attempts, four and a half days, a mail is given up and its row says `failed`: a mail server that is away
 * for a weekend loses nothing (RFC 5321, 4.5.4.1: a give-up time of at least 4 to 5 days).
 */
export const mostTries = 114

/** What the server will not take, or what cannot be written, is given up after so many, about six hours. */
export const fewTries = 12

/** For so long, in minutes, a claimed row belongs to whoever claimed it; then that worker counts as dead. */
export const leaseMinutes = 5

/** When to try again after so many attempts: 1, 2, 4 … minutes later, at most an hour. */
export function nextTry(tries: number, now: DateTime): DateTime {
  return now.plus({ minutes: Math.min(2 ** Math.max(0, tries - 1), 60) })
}

/** How often a mail is tried at most that failed with this code: `EENVELOPE 550` and the like are a definite no. */
export function triesOf(code: string): number {
  return code === 'unwritten' || /^E(ENVELOPE|MESSAGE) 5\d\d$/.test(code) ? fewTries : mostTries
}
