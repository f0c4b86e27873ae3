import type { Resource } from '../catalog/store.ts'
import { theirTherapist } from '../catalog/therapist.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { queueFor } from './queue-store.ts'

/** Records what was done to the calendar. */
type Tell = (kind: string, subjects?: Record<string, string>) => Promise<void>

/**
 * One transaction that changes a therapist's calendar. It waits in line as a sale of their time does.
 * @throws no-such-therapist, not-allowed
 */
export async function onTheirCalendar<T>(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  act: (tx: Transaction, therapist: Resource, tell: Tell) => Promise<T>
): Promise<T> {
  return deps.db.transaction(async tx => {
    const therapist = await theirTherapist(tx, scope, actor, slug)
    await queueFor(tx, scope, [therapist.id])
    return act(tx, therapist, (kind, subjects) =>
      emit(deps, tx, {
        practice: scope.practice.id,
        actor: actorName(actor),
        kind,
        subjects: { therapist: therapist.id, ...subjects }
      })
    )
  })
}
