import { theirTherapist } from '../../catalog/therapist.ts'
import { type Actor, actorName } from '../../identity/actor.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { emit } from '../../kernel/events.ts'
import { queueFor } from '../queue-store.ts'
import { noSuchCalendar } from './read-calendars.ts'
import { deleteCalendar } from './store.ts'

/** What it made busy is free again, and how it was reached is forgotten. @throws not-found, not-allowed */
export async function removeCalendar(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  id: string
): Promise<void> {
  await deps.db.transaction(async tx => {
    const therapist = await theirTherapist(tx, scope, actor, slug)
    await queueFor(tx, scope, [therapist.id])
    if (!(await deleteCalendar(tx, scope, therapist.id, id))) throw noSuchCalendar()
    await emit(deps, tx, {
      practice: scope.practice.id,
      actor: actorName(actor),
      kind: 'outside-calendar.removed',
      subjects: { therapist: therapist.id, calendar: id }
    })
  })
}
