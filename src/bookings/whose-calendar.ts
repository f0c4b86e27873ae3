import { theTherapist } from '../availability/read-opening-hours.ts'
import { listTherapists } from '../catalog/store.ts'
import { personOf } from '../clients/read-clients.ts'
import { type Actor, notAllowed } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { shows, sightOf } from '../identity/sight.ts'
import type { Deps } from '../kernel/deps.ts'

/**
 * In whose calendar a member of staff books for others: the one that is named, or any; who keeps only their own books there
 * and need not say so.
 * @param joint whether it is for two
 * @throws no-such-therapist, not-allowed
 */
export async function calendarFor(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string | undefined,
  joint: boolean
): Promise<string | undefined> {
  if (slug) mustBeTheirs(actor, (await theTherapist(deps.db, scope, slug)).personId, joint)
  if (slug || shows(sightOf(actor, { joint, therapist: null }), 'changes')) return slug
  const own = (await listTherapists(deps.db, scope)).find(({ personId }) => personId === personOf(actor))
  if (!own) throw notAllowed('You have no calendar of your own here')
  return own.slug
}

/** @throws not-allowed where whoever asks changes nothing in this therapist's calendar */
export function mustBeTheirs(actor: Actor, therapist: string | null, joint: boolean): void {
  if (!shows(sightOf(actor, { joint, therapist }), 'changes'))
    throw notAllowed('This is another therapist’s calendar: they, the owner and the assistants book there')
}
