import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import type { BookingsQuery } from './list-schema.ts'
import { selectBookings } from './list-store.ts'
import { viewFor } from './read-booking.ts'
import type { BookingView } from './schema.ts'

/**
 * Bookings for staff, oldest first, as their role may see them; what a filter asks for and its reader does not see, it does
 * not find. One line of the audit names all that were read.
 */
export async function listBookings(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  query: BookingsQuery
): Promise<{ items: BookingView[]; next: string | null }> {
  const rows = await selectBookings(deps.db, scope, query)
  const page = rows.slice(0, query.limit)
  const items: BookingView[] = []
  for (const booking of page) {
    const view = await viewFor(deps, scope, actor, booking)
    if (isFound(query, view)) items.push(view)
  }
  if (page.length)
    await record(deps.db, deps.now, {
      practice: scope.practice.id,
      actor: actorName(actor),
      kind: 'read-bookings',
      subjects: page.map(({ id }) => id)
    })
  return { items, next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null }
}

/** Whether what a filter asks for is seen by whoever asks: by a time, or whose time it is, no one finds who sees none. */
function isFound({ client, state, from, to, therapist }: BookingsQuery, view: BookingView): boolean {
  const byTime = from !== undefined || to !== undefined || therapist !== undefined
  if (byTime && view.appointments.length === 0) return false
  return (client ?? view.client) === view.client && (state ?? view.state) === view.state
}
