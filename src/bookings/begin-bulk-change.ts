import { theirTherapist } from '../catalog/therapist.ts'
import { personOf } from '../clients/read-clients.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { type Fault, invalid } from '../kernel/problem.ts'
import type { Absence } from './absence.ts'
import type { BulkWish } from './bulk-schema.ts'
import { findBulkChange, insertBulkChange } from './bulk-store.ts'
import { readCollisions } from './collisions.ts'

/**
 * Writes down what is to become of the bookings that an absence collides with; a job does it, one by one.
 * @param id the change's: one that is there already was made by an earlier run of the same request
 * @throws no-such-therapist, not-allowed; invalid-input where an appointment is not in the way, is named twice, or cannot be
 * changed so
 */
export async function beginBulkChange(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  absence: Absence,
  wishes: readonly BulkWish[],
  id: string
): Promise<string> {
  const therapist = await theirTherapist(deps.db, scope, actor, slug)
  if (await findBulkChange(deps.db, scope, id)) return id
  const collisions = await readCollisions(deps, scope, actor, slug, absence)
  const { travel, ...during } = absence
  const faults: Fault[] = []
  const items = wishes.flatMap(({ appointment, choice, start }, index) => {
    const collision = collisions.find(one => one.appointment === appointment)
    const pointer = `/changes/${index}`
    const startsAt = choice === 'cancel' ? null : (start ?? collision?.nearest ?? null)
    if (!collision) {
      faults.push({ pointer, detail: `This appointment is not in the way of that ${travel ? 'travel' : 'time off'}` })
      return []
    }
    if (!collision.choices.includes(choice))
      faults.push({
        pointer,
        detail: `This can be done: ${collision.choices.join(', ') || 'nothing in one go, see its own page'}`
      })
    else if (wishes.findIndex(wish => wish.appointment === appointment) !== index)
      faults.push({ pointer, detail: 'This appointment is named twice' })
    if (!travel && startsAt && startsAt >= during.start && startsAt < during.end)
      faults.push({ pointer: `${pointer}/start`, detail: 'This start lies in the time off itself' })
    return [
      { appointmentId: appointment, bookingId: collision.booking.id, choice, startsAt, state: 'waiting' as const }
    ]
  })
  if (faults.length > 0) throw invalid(faults)
  const practice = scope.practice.id
  const name = actorName(actor)
  await deps.db.transaction(async tx => {
    await insertBulkChange(
      tx,
      {
        ...{ practiceId: practice, id, resourceId: therapist.id, during, travelId: travel ?? null },
        ...{ by: personOf(actor), createdAt: deps.now() }
      },
      items.map(item => ({ ...item, practiceId: practice, changeId: id }))
    )
    const subjects = items.map(({ bookingId }) => bookingId)
    await record(tx, deps.now, { practice, actor: name, kind: 'bulk-change', subjects })
    await emit(deps, tx, {
      practice,
      actor: name,
      kind: 'bulk-change.begun',
      subjects: { change: id },
      queue: 'stripe'
    })
  })
  return id
}
