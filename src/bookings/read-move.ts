import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { showsNothing } from '../identity/sight.ts'
import type { Deps } from '../kernel/deps.ts'
import type { MoveView } from './change-schema.ts'
import { findAppointment, findOpenProposal, findSequence } from './change-store.ts'
import { noSuchAppointment } from './moving.ts'
import { actableBooking } from './read-booking.ts'
import { sightOfBooking } from './see-booking.ts'

/** @throws no-such-appointment, also where it is somebody else's; not-allowed, sign-in-needed */
export async function actableAppointment(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<void> {
  const bookingId = (await findAppointment(deps.db, scope, id))?.bookingId
  const foreign = actor.kind === 'booking' && actor.booking !== bookingId
  if (!bookingId || foreign || showsNothing(await sightOfBooking(deps, scope, actor, bookingId)))
    throw noSuchAppointment('There is no such appointment')
  await actableBooking(deps, scope, actor, bookingId)
}

/** An appointment after a move, or a wish for one; the SEQUENCE is the highest of those who take part. */
export async function readMove(
  { db }: Deps,
  scope: PracticeScope,
  id: string,
  state: MoveView['state']
): Promise<MoveView> {
  const appointment = await findAppointment(db, scope, id)
  if (!appointment) throw noSuchAppointment('There is no such appointment')
  const open = await findOpenProposal(db, scope, id)
  return {
    id,
    state,
    start: appointment.startsAt,
    end: appointment.endsAt,
    sequence: await findSequence(db, scope, id),
    proposal: open ? { start: open.startsAt, by: open.by, expiresAt: open.expiresAt } : null
  }
}
