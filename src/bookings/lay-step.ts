import type { DateTime } from 'luxon'
import type { Moving } from '../availability/choose-move.ts'
import { lay, occupied } from '../catalog/lay.ts'
import { isStep } from '../catalog/plan.ts'
import { aloneOf, sharesOf } from '../catalog/run.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { findVersion } from '../catalog/store.ts'
import { type Actor, actorName, notAllowed } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { record } from '../kernel/audit.ts'
import { constraintOf, type Executor, type Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { instantOf } from '../kernel/time.ts'
import { listParticipants } from './acceptance-store.ts'
import { type Booking, noSuchBooking, slotTaken, wrongState } from './booking.ts'
import { relayAppointments, reviseParticipants, setPlanned } from './change-store.ts'
import { mustBeFree } from './lay-anew.ts'
import { betweenOf, movingRules } from './list-moves.ts'
import { lockWithResources } from './lock-booking.ts'
import { membersOf } from './members.ts'
import { isOwn, whoseOf } from './own-times.ts'
import { findAppointments, findBooked, findResources, insertLaid } from './store.ts'
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

/**
 * A step that waits for a time, as a move is asked for: by itself, between those that have one.
 * @throws wrong-state where it has a time, or the booking is not confirmed; not-allowed where it is the other's own
 */
export async function findStep(
  db: Executor,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking,
  step: number
): Promise<{ type: SessionType; moving: Moving; share: number | null; off: string | undefined }> {
  if (booking.state !== 'confirmed') throw wrongState(`This booking is ${booking.state}: no step is laid now`)
  const type = await findVersion(db, scope, booking.sessionTypeId, booking.version)
  const booked = await findBooked(db, scope, booking.id)
  if (!type || !booked) throw new Error(`The booking ${booking.id} has lost its session type`)
  const segment = booked.plan.segments[step]
  const all = await findAppointments(db, scope, booking.id)
  const between = betweenOf(type.plan, all, step)
  if (
    !segment ||
    !isStep(segment) ||
    segment.optional ||
    !between ||
    all.some(({ ordinal, state }) => ordinal === step && state !== 'cancelled')
  )
    throw wrongState('This step does not wait for a time')
  if (!isOwn(segment.who, await whoseOf(db, scope, actor, booking)))
    throw notAllowed('This step is the other’s own: they choose its time')
  const alone = { ...type, plan: aloneOf(type.plan, step), rules: movingRules(type, step) }
  const place = {
    therapist: booked.therapistSlug,
    second: booked.secondSlug ?? undefined,
    place: booked.place.slug
  }
  const share = sharesOf({ plan: type.plan, price: booking.price })?.get(step) ?? null
  return {
    type: alone,
    moving: { appointments: [], between, type: alone, ...place },
    share,
    off: all.find(({ ordinal }) => ordinal === step)?.id
  }
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
