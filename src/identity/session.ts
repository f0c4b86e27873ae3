import type { DateTime } from 'luxon'
import type { Role } from '../../db/schema/identity.ts'

/** A sign-in: it lives until it ends, is signed out, or one of its refresh tokens is used twice. */
export interface StaffSession {
  /** The id of the sign-in, one for all its tokens: `sid` in a JWT, `family` in the table. */
  id: string
  person: string
  roles: readonly Role[]
  /** When a second step was passed; null where none was asked, or none is set up yet. */
  steppedAt: DateTime | null
  /** The end that nothing moves. */
  endsAt: DateTime
}

/** Minutes that an access token or the page's cookie works without being renewed. */
export const idleMinutes = 15
/** Minutes that a refresh token waits: an access token's whole life, and then as long again without a call. */
export const refreshMinutes = 2 * idleMinutes
/** Hours that a sign-in lasts at most. */
export const mostHours = 8

/** So many minutes from now, but never beyond the sign-in's own end. */
export function until(now: DateTime, minutes: number, endsAt: DateTime): DateTime {
  const end = now.plus({ minutes })
  return end < endsAt ? end : endsAt
}
