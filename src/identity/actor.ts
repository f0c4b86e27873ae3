import type { LinkPurpose, Role } from '../../db/schema/identity.ts'
import { problem } from '../kernel/problem.ts'
import { stepNeeded } from './second-step.ts'

/** Who asks: nobody we know, the holder of a booking's token, whoever gave the words of what they said, a person or staff. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'booking'; booking: string; person: string; purpose: LinkPurpose }
  | { kind: 'return'; answer: string }
  /** `stepped`: a second step was passed, where one is set up. Without it they are a stranger who may give it. */
  | { kind: 'person'; person: string; session: string; stepped: boolean }
  /** `missing`: real people are served here, and no second step is set up yet: nothing else opens before. */
  | { kind: 'staff'; person: string; roles: readonly Role[]; session: string; step?: 'passed' | 'missing' }

type Reader = 'anonymous' | 'return' | 'person' | 'unstepped' | 'newcomer' | LinkPurpose | Role

const tokens: readonly Reader[] = ['booking_answer', 'booking_mail']
const staff: readonly Reader[] = ['owner', 'therapist', 'assistant', 'billing']
const calendarStaff: readonly Reader[] = ['owner', 'therapist', 'assistant']
const everybody: readonly Reader[] = ['anonymous', 'return', 'person', 'unstepped', 'newcomer', ...tokens, ...staff]

/**
 * What each may do. To act on a booking is to confirm it with its mailed code, to pay it or to let it go. A booking's token
 * is tied to its own booking. What each then sees of it is decided in who-sees-what.ts alone. The pages of one person and
 * those of staff each act for their own readers alone: what staff may write down, such as that the client has agreed, is
 * not a client's to say.
 */
export const allowed = {
  'read the catalogue': everybody,
  'read slots': everybody,
  'ask for a quote': everybody,
  book: everybody,
  'return from paying': everybody,
  'fetch a calendar': everybody,
  'sign in': everybody,
  'sign out': ['person', 'unstepped', 'newcomer', ...staff],
  'keep one’s own second steps': ['newcomer', ...staff],
  'pass one’s own second step': ['person', 'unstepped'],
  'reset second steps': ['owner'],
  'read one’s own things': ['person'],
  'change one’s own things': ['person'],

  'read one booking': ['person', ...tokens, ...staff],
  'act on a booking': ['person', 'booking_answer', ...calendarStaff],
  'open one’s own booking': ['person', ...tokens],
  'act on one’s own booking': ['person', 'booking_answer'],
  'change clients’ bookings': calendarStaff,

  'keep one’s own calendars': ['person', 'booking_answer'],
  'keep a therapist’s calendars': ['owner', 'therapist'],

  'invite a partner': ['person', 'booking_answer'],
  'open a partner’s page': everybody,
  'answer by a link': everybody,
  'come back by words': everybody,
  'ask the practice': everybody,
  'read one’s own answer': ['return'],
  'read the inbox': ['therapist'],
  'read tasks': calendarStaff,

  'read bookings': staff,
  'approve bookings': ['owner', 'therapist'],
  'book for callers': calendarStaff,
  'book outside the rules': ['owner', 'therapist'],
  'propose privately': ['owner', 'therapist'],
  'decide on fees': ['owner', 'therapist'],
  'record attendance': calendarStaff,

  'wait for dates': everybody,
  'open one’s own place in line': everybody,
  'read editions': staff,
  'change editions': ['owner', 'therapist'],

  'read clients': calendarStaff,
  'choose how bookings are confirmed': ['owner', 'therapist'],
  'raise a safety flag': ['therapist'],
  'read a safety flag': ['owner', 'therapist'],
  'begin together': ['therapist'],
  'read the practice’s choices': staff,
  'make the practice’s choices': ['owner'],

  'read opening hours': calendarStaff,
  'change opening hours': ['owner', 'therapist'],
  'read time off': calendarStaff,
  'change time off': ['owner', 'therapist'],
  'keep calendars outside': ['owner', 'therapist'],
  'read therapists and places': staff,
  'change therapists and places': ['owner'],

  'use the sandbox': everybody,
  'operate the service': everybody
} as const satisfies Record<string, readonly Reader[]>

export type Action = keyof typeof allowed

export const signInNeeded = problem('sign-in-needed', 401, 'Please sign in')
export const notAllowed = problem('not-allowed', 403, 'This is not for you to do')

export function may(actor: Actor, action: Action): boolean {
  const readers: readonly Reader[] = allowed[action]
  return faces(actor).some(face => readers.includes(face))
}

/** @throws sign-in-needed where signing in could help, step-needed where the second step could, else not-allowed */
export function mustMay(actor: Actor, action: Action): void {
  if (may(actor, action)) return
  if (actor.kind === 'staff' && actor.step === 'missing')
    throw stepNeeded('Set up your second step first: nothing opens without')
  if (actor.kind === 'staff') throw notAllowed(`Your role does not allow this: ${action}`)
  const readers: readonly Reader[] = allowed[action]
  if (actor.kind === 'person' && !actor.stepped && readers.includes('person'))
    throw stepNeeded('Give your PIN or use your passkey, then ask again')
  if (actor.kind === 'person' && actor.stepped) throw notAllowed(`This is for the people who work here: ${action}`)
  if (actor.kind === 'booking' && tokens.some(token => readers.includes(token)))
    throw notAllowed(`What was sent by mail does not allow this: ${action}. Prove the address with a code first`)
  throw signInNeeded('Sign in, or send your token as “Authorization: Bearer …”')
}

/** How events and the audit name an actor. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'booking') return `booking:${actor.booking}`
  if (actor.kind === 'return') return 'anonymous'
  return actor.kind === 'staff' || actor.kind === 'person' ? `${actor.kind}:${actor.person}` : 'anonymous'
}

function faces(actor: Actor): readonly Reader[] {
  if (actor.kind === 'staff') return actor.step === 'missing' ? ['newcomer'] : actor.roles
  if (actor.kind === 'return') return ['return']
  if (actor.kind === 'person') return [actor.stepped ? 'person' : 'unstepped']
  return actor.kind === 'booking' ? [actor.purpose] : ['anonymous']
}
