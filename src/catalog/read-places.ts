import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { everSees } from '../identity/sight.ts'
import type { Executor } from '../kernel/database.ts'
import { listPlaces, type Place } from './store.ts'

export type SeenPlace = Omit<Place, 'link'> & { link?: string | null }

/** The practice's places by slug, to staff; where one joins by video only to whom a booking tells it as well. */
export async function readPlaces(db: Executor, scope: PracticeScope, actor: Actor): Promise<SeenPlace[]> {
  const seesLinks = actor.kind === 'staff' && everSees(actor, 'link')
  return (await listPlaces(db, scope)).map(({ link, ...place }) => ({ ...place, ...(seesLinks && { link }) }))
}
