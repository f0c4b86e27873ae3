import { practiceScopes } from '../../identity/scope.ts'
import type { Deps } from '../../kernel/deps.ts'
import { takeDue } from './store.ts'
import { nextTime, syncCalendar } from './sync-calendar.ts'

/** So many a minute and process at most: whoever comes later is due still. */
const mostAtOnce = 50

/** Reads the calendars that are due. Asked each minute; one that fails does not keep the others. */
export async function syncDueCalendars(deps: Deps): Promise<void> {
  const now = deps.now()
  const due = await deps.db.transaction(tx => takeDue(tx, now, mostAtOnce, () => nextTime(now)))
  const scopes = practiceScopes(deps)
  const outcomes = await Promise.allSettled(
    due.map(async ({ practice, id }) => syncCalendar(deps, await scopes.forId(practice), id))
  )
  const failures = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason] : []))
  if (failures.length) throw new AggregateError(failures, `${failures.length} of ${due.length} failed`)
}
