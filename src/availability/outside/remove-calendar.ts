import type { Actor } from '../../identity/actor.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { onTheirCalendar } from '../their-calendar.ts'
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
  await onTheirCalendar(deps, scope, actor, slug, async (tx, therapist, tell) => {
    if (!(await deleteCalendar(tx, scope, therapist.id, id))) throw noSuchCalendar()
    await tell('outside-calendar.removed', { calendar: id })
  })
}
