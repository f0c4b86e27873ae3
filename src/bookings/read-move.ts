import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { Problem } from '../kernel/problem.ts'
import { findAppointment } from './appointment-store.ts'
import { type Booking, noSuchBooking } from './booking.ts'
import type { MoveView, ProposalView } from './change-schema.ts'
import { findOpenProposal } from './move-store.ts'
import { noSuchAppointment } from './moving.ts'
import { isOwn, whoseOf } from './own-times.ts'
import { findSequence } from './participant-store.ts'
import { listProposalTimes } from './proposed-store.ts'
import { actableBooking } from './read-booking.ts'

/** @throws no-such-appointment, also where it is somebody else's; not-allowed, sign-in-needed */
export async function actableAppointment(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<Booking> {
  const appointment = await findAppointment(deps.db, scope, id)
  if (!appointment?.bookingId) throw noSuchAppointment('There is no such appointment')
  const booking = await actableBooking(deps, scope, actor, appointment.bookingId).catch(asNone)
  // The other's own step: that it is there is all that anybody else knows of it.
  if (!isOwn(appointment.who, await whoseOf(deps.db, scope, actor, booking)))
    throw noSuchAppointment('There is no such appointment')
  return booking
}

/** Somebody else's is refused in the words for one that is not there. */
function asNone(error: unknown): never {
  if (error instanceof Problem && error.code === noSuchBooking().code)
    throw noSuchAppointment('There is no such appointment')
  throw error
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
  return {
    id,
    state,
    start: appointment.startsAt,
    end: appointment.endsAt,
    sequence: await findSequence(db, scope, id),
    proposal: await readProposal(db, scope, id)
  }
}

/** The new time of an appointment that waits for an answer, with those that go with it. */
export async function readProposal(db: Executor, scope: PracticeScope, id: string): Promise<ProposalView | null> {
  const open = await findOpenProposal(db, scope, id)
  if (!open) return null
  const { startsAt: start, by, expiresAt } = open
  const times = await listProposalTimes(db, scope, open.id)
  const appointments = times.map(({ appointmentId, startsAt }) => ({ id: appointmentId, start: startsAt }))
  return { start, by, expiresAt, ...(appointments.length > 1 && { appointments }) }
}
