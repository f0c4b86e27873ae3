import type { LinkPurpose, Role } from '../../db/schema/identity.ts'
import { problem } from '../kernel/problem.ts'

/** Who asks: nobody we know, the holder of a booking's token, or staff. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'booking'; booking: string; person: string; purpose: LinkPurpose }
  | { kind: 'staff'; person: string; roles: readonly Role[]; session: string }

type Reader = 'anonymous' | 'booking' | Role

const everybody: readonly Reader[] = ['anonymous', 'booking', 'owner', 'therapist', 'assistant', 'billing']
const staff: readonly Reader[] = ['owner', 'therapist', 'assistant', 'billing']

/** What each may do. A booking's token is tied to its own booking: the use case asks that besides. */
export const allowed = {
  'read the catalogue': everybody,
  'read slots': everybody,
  'ask for a quote': everybody,
  book: everybody,
  'sign in': everybody,
  'sign out': staff,
  'read one booking': ['booking', 'owner', 'therapist', 'assistant', 'billing'],
  'act on a booking': ['booking', 'owner', 'therapist', 'assistant'],
  'return from paying': everybody,
  'read bookings': staff,
  'read names': ['owner', 'therapist', 'assistant'],
  'approve bookings': ['owner', 'therapist'],
  'read opening hours': ['owner', 'therapist', 'assistant'],
  'change opening hours': ['owner', 'therapist'],
  'change time off': ['owner', 'therapist'],
  'use the sandbox': everybody,
  'operate the service': everybody
} as const satisfies Record<string, readonly Reader[]>

export type Action = keyof typeof allowed

export const signInNeeded = problem('sign-in-needed', 401, 'Please sign in')
export const notAllowed = problem('not-allowed', 403, 'This is not for you to do')

export function may(actor: Actor, action: Action): boolean {
  const readers: readonly Reader[] = allowed[action]
  return actor.kind === 'staff' ? actor.roles.some(role => readers.includes(role)) : readers.includes(actor.kind)
}

/** @throws sign-in-needed where signing in could help, else not-allowed */
export function mustMay(actor: Actor, action: Action): void {
  if (may(actor, action)) return
  if (actor.kind === 'staff') throw notAllowed(`Your role does not allow to ${action}`)
  throw signInNeeded('Sign in, or send the token as “Authorization: Bearer …”')
}

/** How events and the audit name an actor. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'booking') return `booking:${actor.booking}`
  return actor.kind === 'staff' ? `staff:${actor.person}` : 'anonymous'
}
