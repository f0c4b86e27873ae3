import type { SessionType } from '../catalog/session-type.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { findStanding, isOfSeveral } from './care-store.ts'
import { idsOfBooker } from './suit-client.ts'

/**
 * The slug of the therapist with whom whoever is signed in books a session type where they name nobody; nobody where no other
 * therapist offers it.
 */
export async function knownTherapist(
  { db }: Deps,
  scope: PracticeScope,
  actor: Actor,
  { id, slug }: Pick<SessionType, 'id' | 'slug'>
): Promise<string | undefined> {
  const own = await idsOfBooker(db, scope, actor)
  if (own.length === 0) return undefined
  const { therapist } = await findStanding(db, scope, own, slug)
  return therapist && (await isOfSeveral(db, scope, id)) ? therapist : undefined
}
