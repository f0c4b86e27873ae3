import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { emit } from '../kernel/events.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { findDues, openDues } from '../payments/due-store.ts'
import { isAccepted } from './acceptance.ts'
import { answerAcceptance, findAcceptances } from './acceptance-store.ts'
import { findAppointments } from './appointment-store.ts'
import { type Booking, move, payUntil, wrongState } from './booking.ts'
import { forgetHolder } from './hold-store.ts'
import { confirmBooking } from './settle.ts'
import { saveBooking } from './store.ts'

/**
 * One yes to a requested booking. The last one makes it held, with 48 hours to pay, or confirmed where nothing has to be paid first;
 * until then nothing changes that anybody could see. The caller has locked the booking.
 * @param by whose yes it is
 * @throws wrong-state where the time has begun
 */
export async function giveYes(
  deps: PaymentDeps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking,
  by: string
): Promise<void> {
  const { id } = booking
  const now = deps.now()
  const [first] = await findAppointments(tx, scope, id)
  if (!first || first.startsAt <= now) throw wrongState('This time has begun: nobody can say yes to it any more')
  await answerAcceptance(tx, scope, id, by, 'accept', now)
  if (!isAccepted(await findAcceptances(tx, scope, id))) return
  const isDue = (await findDues(tx, scope, id)).some(({ required }) => required)
  if (!isDue) return confirmBooking(deps, tx, scope, booking, actorName(actor))
  await saveBooking(tx, scope, { ...move(booking, 'held', now), holdUntil: payUntil(now, first.startsAt) })
  await forgetHolder(tx, scope, id)
  await openDues(tx, scope, id)
  const practice = scope.practice.id
  await emit(deps, tx, { practice, actor: actorName(actor), kind: 'booking.approved', subjects: { booking: id } })
}
