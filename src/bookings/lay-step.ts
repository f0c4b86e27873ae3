import type { DateTime } from 'luxon'
import { lay, occupied } from '../catalog/lay.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import { constraintOf, type Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { instantOf } from '../kernel/time.ts'
import { listParticipants } from './acceptance-store.ts'
import { type Booking, noSuchBooking, slotTaken } from './booking.ts'
import { relayAppointments, reviseParticipants, setPlanned } from './change-store.ts'
import { findStep } from './find-step.ts'
import { mustBeFree } from './lay-anew.ts'
import { lockWithResources } from './lock-booking.ts'
import { membersOf } from './members.ts'
import { isOwn } from './own-times.ts'
import { findResources, insertLaid } from './store.ts'
import { newUid } from './uid.ts'

/**
 * Gives a step that was left open its time: in the window that its neighbours leave it, with the booking's therapist and
 * place. Everybody who takes part in it gets a calendar entry of their own.
 * @param step its number in the plan, as the booking's view names it
 * @returns the new appointment's id
 * @throws no-such-booking; wrong-state where it has a time, or the booking is not confirmed; not-allowed where the step is
 * the other's own; slot-taken and not-offered with alternatives, too-soon
 */
export async function layStep(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  bookingId: string,
  { step, start }: { step: number; start: DateTime }
): Promise<string> {
  const laid = deps.db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, bookingId)
    if (!booking) throw noSuchBooking('There is no such booking')
    const { type: alone, moving, share, off } = await findStep(tx, scope, actor, booking, step)
    const zone = await mustBeFree(deps, tx, scope, { booking, moving, type: alone }, start)
    const id = await write(deps, tx, scope, { booking, type: alone, ordinal: step, share, off, start, zone })
    const practice = scope.practice.id
    const actedBy = actorName(actor)
    if (actor.kind === 'staff')
      await record(tx, deps.now, { practice, actor: actedBy, kind: 'step-laid', subjects: [bookingId] })
    const subjects = { booking: bookingId, appointment: id }
    await emit(deps, tx, { practice, actor: actedBy, kind: 'appointment.laid', subjects })
    return id
  })
  return laid.catch(error => {
    if (constraintOf(error)?.startsWith('occupancy_once')) throw slotTaken('Choose another time')
    throw error
  })
}

async function write(
  { now, settings }: Deps,
  tx: Transaction,
  scope: PracticeScope,
  {
    booking,
    type,
    ordinal,
    share,
    off,
    start,
    zone
  }: {
    booking: Booking
    type: SessionType
    ordinal: number
    share: number | null
    off: string | undefined
    start: DateTime
    zone: string
  }
): Promise<string> {
  const practiceId = scope.practice.id
  const id = off ?? newId()
  const intervals = lay(type.plan, start.toMillis(), zone) ?? []
  const [taken] = occupied(type.plan, intervals, type.rules, zone)
  const [interval] = intervals
  if (!interval || !taken) throw new Error('A start that is free can be laid')
  const during = { start: instantOf(taken.start), end: instantOf(taken.end) }
  const resources = await findResources(tx, scope, booking.id)
  const occupancy = resources.map(resourceId => ({ practiceId, appointmentId: id, resourceId, during }))
  if (off) {
    // It had a time before, and is the same appointment under the same UIDs.
    const times = {
      startsAt: instantOf(interval.start),
      endsAt: instantOf(interval.end),
      movedAt: null,
      movedFrom: null
    }
    await relayAppointments(tx, scope, [{ id, times, taken: occupancy }])
    await setPlanned(tx, scope, [id])
    await reviseParticipants(tx, scope, [id], now())
    return id
  }
  const members = await membersOf(tx, scope, booking.id)
  const others = (await listParticipants(tx, scope, booking.id)).map(({ personId }) => personId)
  const staff = others.filter(person => !members.includes(person))
  const clients = members.filter(person => isOwn(interval.who, person === booking.bookerId ? 'first' : 'second'))
  await insertLaid(tx, {
    appointment: {
      practiceId,
      id,
      bookingId: booking.id,
      ordinal,
      who: interval.who,
      startsAt: instantOf(interval.start),
      endsAt: instantOf(interval.end),
      zone,
      placeId: booking.placeId,
      price: share,
      state: 'planned'
    },
    participants: [...new Set([...staff, ...clients])].map(personId => ({
      practiceId,
      appointmentId: id,
      personId,
      uid: newUid(settings),
      sequence: 0,
      revisedAt: now(),
      response: 'needs_action' as const
    })),
    occupancy
  })
  return id
}
