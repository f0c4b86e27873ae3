import { theTherapist } from '../catalog/therapist.ts'
import { type Actor, notAllowed, signInNeeded } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import type { FeedScope } from './feed.ts'

/** Whose feeds are meant, and which of them. */
export interface FeedOwner {
  person: string
  scopes: readonly FeedScope[]
}

/**
 * A therapist's feeds. Only the therapist makes them, because they hold what the therapist alone may read; the owner of
 * the practice may see which there are and end them.
 * @throws no-such-therapist, not-allowed
 */
export async function therapistFeeds(
  { db }: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  what: 'make' | 'end'
): Promise<FeedOwner> {
  const { personId } = await theTherapist(db, scope, slug)
  const isOwn = actor.kind === 'staff' && actor.person === personId
  const mayEnd = what === 'end' && actor.kind === 'staff' && actor.roles.includes('owner')
  if (!personId || !(isOwn || mayEnd)) throw notAllowed('A therapist’s calendar is the therapist’s own')
  return { person: personId, scopes: ['therapist', 'busy'] }
}

/** The feeds of whoever is signed in, or holds a booking's answer token. @throws sign-in-needed */
export function ownFeeds(actor: Actor): FeedOwner {
  if (actor.kind === 'person') return { person: actor.person, scopes: ['client'] }
  if (actor.kind !== 'booking' || actor.purpose !== 'booking_answer') throw signInNeeded('Open your booking first')
  return { person: actor.person, scopes: ['client'] }
}
