import { DateTime } from 'luxon'
import { answerDaysOf, isAfterCalls } from '../catalog/session-type.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { practiceYes } from './acceptance.ts'
import { findAcceptances } from './acceptance-store.ts'
import { findAppointments } from './appointment-store.ts'
import { findAwaiting, findLastCall, saveDeadline } from './awaiting-store.ts'
import { approvalDeadline, type Booking, therapistsOf } from './booking.ts'
import { lockWithResources } from './lock-store.ts'

/**
 * Something happened to a private call: it was booked, held, missed, moved or called off. Each request that waits for such
 * calls of its client lives on from then, for as long as the practice has for its yes. Safe to repeat.
 * @param callId the call's booking
 */
export async function prolongAwaiting(deps: Deps, scope: PracticeScope, callId: string): Promise<void> {
  for (const id of await findAwaiting(deps.db, scope, callId))
    await deps.db.transaction(async tx => {
      const booking = await lockWithResources(tx, scope, id)
      if (booking) await prolong(deps, tx, scope, booking, deps.now())
    })
}

/**
 * Lets a request that waits for private calls live on after what happened last to one of them; never beyond its start. The
 * caller has locked the booking.
 * @param sign when something happened that no row tells of
 * @returns whether the practice has more time now
 */
export async function prolong(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  booking: Booking,
  sign?: DateTime
): Promise<boolean> {
  const { id, clientId, sessionTypeId, version } = booking
  const asked = (await findAcceptances(tx, scope, id)).find(({ by }) => by === practiceYes)
  const type = await findVersion(tx, scope, sessionTypeId, version)
  if (booking.state !== 'requested' || !asked || asked.answer || !type || !isAfterCalls(type)) return false
  const [first] = await findAppointments(tx, scope, id)
  const last = await findLastCall(tx, scope, { clientId, therapists: therapistsOf(booking), since: booking.createdAt })
  const signs = [last, sign].filter(at => at !== undefined)
  const from = DateTime.max(...signs)
  if (!first || !from) return false
  const deadline = approvalDeadline(from, scope.practice.zone, first.startsAt, answerDaysOf(type))
  if (deadline <= asked.deadline) return false
  await saveDeadline(tx, scope, id, practiceYes, deadline)
  const practice = scope.practice.id
  await emit(deps, tx, { practice, actor: 'system', kind: 'approval.prolonged', subjects: { booking: id } })
  return true
}
