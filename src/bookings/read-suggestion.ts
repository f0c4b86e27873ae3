import type { DateTime } from 'luxon'
import { withSteps } from '../catalog/plan.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { isAnswerable, othersYes } from './acceptance.ts'
import { openAcceptanceLink } from './acceptance-link.ts'
import { findAcceptances } from './acceptance-store.ts'
import { findAppointments } from './appointment-store.ts'
import { findBooking } from './store.ts'

/** A suggested time, for whoever holds its link. */
export interface Suggestion {
  booking: string
  /** None once it is over: where the appointment is by then, also after a move, is no business of who has the link. */
  appointments: { start: DateTime; end: DateTime }[]
  /** Whether something belongs to it that one of the two has alone: that there is such a thing both know, and when it is neither. */
  alone: boolean
  zone: string
  /** Whether it can be answered now. */
  open: boolean
}

/**
 * What the link shows: a time, and whether it is still asked about. It is the same before and after the other's yes, for
 * whoever suggested the time holds the link too, and nothing of the time once it is over. What one of the two has alone is not
 * there: either may be reading. Reading it changes nothing and is written down nowhere.
 * @throws not-found
 */
export async function readSuggestion(deps: Deps, scope: PracticeScope, token: string): Promise<Suggestion> {
  const id = await openAcceptanceLink(deps, scope, token)
  const [booking, appointments, acceptances] = await Promise.all([
    findBooking(deps.db, scope, id),
    findAppointments(deps.db, scope, id),
    findAcceptances(deps.db, scope, id)
  ])
  const yes = othersYes(acceptances)
  const open = booking?.state === 'requested' && yes !== undefined && isAnswerable(yes, deps.now())
  const joint = open ? appointments.filter(({ who }) => who === 'both') : []
  const type = open ? await findVersion(deps.db, scope, booking.sessionTypeId, booking.version) : undefined
  const segments = type ? withSteps(type.plan, booking?.steps ?? []).segments : []
  return {
    booking: id,
    appointments: joint.map(({ startsAt, endsAt }) => ({ start: startsAt, end: endsAt })),
    alone: segments.some(({ who, optional }) => !optional && (who === 'first' || who === 'second')),
    zone: scope.practice.zone,
    open
  }
}
