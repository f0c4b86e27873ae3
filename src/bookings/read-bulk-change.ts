import { theirTherapist } from '../catalog/therapist.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { noSuchBulkChange } from './bulk-change.ts'
import type { BulkChangeView } from './bulk-schema.ts'
import { findBulkChange, listBulkItems } from './bulk-store.ts'

/** How far a change is: each booking with what came of it. @throws no-such-bulk-change, not-allowed */
export async function readBulkChange(
  { db }: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string
): Promise<BulkChangeView> {
  const found = await findBulkChange(db, scope, id)
  if (!found) throw noSuchBulkChange('There is no such change')
  const { change, therapist } = found
  await theirTherapist(db, scope, actor, therapist.slug)
  const items = await listBulkItems(db, scope, id)
  return {
    id,
    therapist: therapist.slug,
    travel: change.travelId,
    ...change.during,
    state: items.some(({ state }) => state === 'waiting') ? 'running' : 'done',
    items: items.map(({ appointmentId, bookingId, choice, startsAt, state, outcome }) => ({
      booking: bookingId,
      appointment: appointmentId,
      choice,
      start: startsAt,
      state,
      outcome
    }))
  }
}
