import { type Actor, notAllowed } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { problem } from '../kernel/problem.ts'
import { findTherapist, type Resource } from './store.ts'

export const noSuchTherapist = problem('no-such-therapist', 404, 'There is no such therapist')

/** @throws no-such-therapist */
export async function theTherapist(db: Executor, scope: PracticeScope, slug: string): Promise<Resource> {
  const therapist = await findTherapist(db, scope, slug)
  if (!therapist) throw noSuchTherapist(`There is no therapist “${slug}”`)
  return therapist
}

/**
 * The therapist whose times somebody changes: their own, or anybody's where it is the owner of the practice.
 * @throws no-such-therapist, not-allowed
 */
export async function theirTherapist(
  db: Executor,
  scope: PracticeScope,
  actor: Actor,
  slug: string
): Promise<Resource> {
  const therapist = await theTherapist(db, scope, slug)
  const isTheirs = actor.kind === 'staff' && (actor.roles.includes('owner') || actor.person === therapist.personId)
  if (!isTheirs) throw notAllowed('A therapist’s times are changed by themselves and by the owner')
  return therapist
}
