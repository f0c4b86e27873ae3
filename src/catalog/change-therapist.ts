import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import type { TherapistChange } from './resource-schema.ts'
import { updateTherapist } from './resource-store.ts'
import type { Resource } from './store.ts'
import { noSuchTherapist, theirTherapist } from './therapist.ts'

/**
 * Changes a therapist's name, zone or how much they take on: their own, or anybody's where it is the owner. What is sold
 * stays sold, also where it is more than they take on from now on.
 * @throws no-such-therapist, not-allowed
 */
export async function changeTherapist(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  { name, zone, care }: TherapistChange
): Promise<Resource> {
  return deps.db.transaction(async tx => {
    const { id } = await theirTherapist(tx, scope, actor, slug)
    const set = { ...(name !== undefined && { name }), ...(zone && { zone }), ...(care !== undefined && { care }) }
    const changed = await updateTherapist(tx, scope, slug, set)
    if (!changed) throw noSuchTherapist(`There is no therapist “${slug}”`)
    await emit(deps, tx, {
      practice: scope.practice.id,
      actor: actorName(actor),
      kind: 'therapist.changed',
      subjects: { therapist: id }
    })
    return changed
  })
}
