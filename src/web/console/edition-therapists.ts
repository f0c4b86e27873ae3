import type { RosterView } from '../../bookings/roster-schema.ts'
import { findSessionType, listOfferings, type Offering, type Resource } from '../../catalog/store.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'

/** Each therapist once, of what is offered. */
export function therapistsOf(offerings: readonly Offering[]): Resource[] {
  return [...new Map(offerings.map(({ therapist }) => [therapist.slug, therapist])).values()]
}

/** Who can lead an edition: those who offer its session at its place. */
export async function therapistsAt(
  { db }: Deps,
  scope: PracticeScope,
  { sessionType, place }: Pick<RosterView, 'sessionType' | 'place'>
): Promise<Resource[]> {
  const type = await findSessionType(db, scope, sessionType)
  const offerings = type ? await listOfferings(db, scope, type.id) : []
  return therapistsOf(offerings.filter(one => one.place.slug === place))
}
