import { type Actor, notAllowed } from '../identity/actor.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { othersYes } from './acceptance.ts'
import { findAcceptances } from './acceptance-store.ts'
import type { Booking } from './booking.ts'
import { listParticipants } from './participant-store.ts'

/**
 * How somebody stands to a booking: they booked it and pay; they take part in it as the other of two; or they are asked
 * whether they want to.
 */
export type Standing = 'booker' | 'member' | 'asked'

/** Under which ids an actor's own things stand; none for staff, who have none here. */
export async function idsOf(db: Executor, scope: PracticeScope, actor: Actor): Promise<string[]> {
  if (actor.kind === 'person') return ownIds(db, scope, actor.person)
  return actor.kind === 'booking' ? [actor.person] : []
}

/** @returns undefined where the booking is somebody else's */
export async function standingOf(
  db: Executor,
  scope: PracticeScope,
  actor: Actor,
  booking: Pick<Booking, 'id' | 'bookerId'>
): Promise<Standing | undefined> {
  const ids = await idsOf(db, scope, actor)
  if (ids.includes(booking.bookerId)) return 'booker'
  const [participants, acceptances] = await Promise.all([
    listParticipants(db, scope, booking.id),
    findAcceptances(db, scope, booking.id)
  ])
  if (participants.some(({ personId }) => ids.includes(personId))) return 'member'
  const other = othersYes(acceptances)
  return other && !other.answer && ids.includes(other.by) ? 'asked' : undefined
}

/** Whether an actor is shown what is paid for a booking: whoever pays it, and staff by their role. */
export async function seesPayment(
  db: Executor,
  scope: PracticeScope,
  actor: Actor,
  booking: Pick<Booking, 'id' | 'bookerId'>
): Promise<boolean> {
  return actor.kind === 'staff' || (await standingOf(db, scope, actor, booking)) === 'booker'
}

/** @throws not-allowed for the other of two: what is paid is between the practice and whoever booked */
export async function mustPay(
  db: Executor,
  scope: PracticeScope,
  actor: Actor,
  booking: Pick<Booking, 'id' | 'bookerId'>
): Promise<void> {
  if (!(await seesPayment(db, scope, actor, booking))) throw notAllowed('There is nothing for you to pay or confirm')
}
