import type { DateTime } from 'luxon'
import type { Role } from '../../db/schema/identity.ts'

export type SessionKind = 'staff' | 'person'

/** A sign-in: it lives until it ends, is signed out, or one of its refresh tokens is used twice. */
export interface Session {
  /** The id of the sign-in, one for all its tokens: `sid` in a JWT, `family` in the table. */
  id: string
  person: string
  kind: SessionKind
  /** A device that its person chose to stay signed in on. */
  trusted: boolean
  /** When a second step was passed, or for a person found not to be needed; null for staff who were asked for none. */
  steppedAt: DateTime | null
  /** The end that nothing moves. */
  endsAt: DateTime
}

export interface StaffSession extends Session {
  kind: 'staff'
  roles: readonly Role[]
}

/** Minutes that a program's access token works without being renewed, whoever it is for. */
export const accessMinutes = 15

const days = 24 * 60

/** Minutes without a request after which a sign-in is over, and minutes that it lasts at most. */
const lifetimes = {
  staff: { idle: 15, most: 8 * 60 },
  person: { idle: 30, most: 12 * 60 },
  trusted: { idle: 30 * days, most: 30 * days }
} as const

export function lifetimeOf({ kind, trusted }: Pick<Session, 'kind' | 'trusted'>) {
  return lifetimes[kind === 'person' && trusted ? 'trusted' : kind]
}

/** Minutes that a refresh token waits: an access token's whole life, and then as long as one may be idle. */
export function refreshMinutes(session: Pick<Session, 'kind' | 'trusted'>): number {
  return accessMinutes + lifetimeOf(session).idle
}

/** So many minutes from now, but never beyond the sign-in's own end. */
export function until(now: DateTime, minutes: number, endsAt: DateTime): DateTime {
  const end = now.plus({ minutes })
  return end < endsAt ? end : endsAt
}
