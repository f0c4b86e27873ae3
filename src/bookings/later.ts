import type { DateTime } from 'luxon'
import { checkLater, type Later } from '../availability/choose-later.ts'
import type { Moving } from '../availability/choose-move.ts'
import { viewSlot } from '../availability/read-slots.ts'
import type { SlotsView } from '../availability/schema.ts'
import { occupied } from '../catalog/lay.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { instantOf } from '../kernel/time.ts'
import type { findAppointments } from './appointment-store.ts'
import { relayAppointments } from './appointment-store.ts'
import type { Booking } from './booking.ts'
import { planOf } from './later-plan.ts'
import { movingRules } from './list-moves.ts'
import { movedFrom } from './moving.ts'
import { reviseParticipants } from './participant-store.ts'
import { refusalOf } from './refuse.ts'
import { notSkippable } from './skipping.ts'
import { findBooked, findResources } from './store.ts'

export type Appointment = Awaited<ReturnType<typeof findAppointments>>[number]

/** Appointments of a series at their new times. */
export interface LaidLater {
  appointments: readonly Appointment[]
  type: SessionType
  moving: Moving
  later: Later
}

/** One of them as it is shown before the click: free there or not, with other starts of its day and its week. */
export interface LaterRow {
  id: string
  start: DateTime
  end: DateTime
  free: boolean
  alternatives: SlotsView['slots']
}

/**
 * Appointments of a series from a new start on, each as many rounds after the first as before.
 * @param packed one round after the other, whatever was skipped between them
 * @param wishes where single ones are wanted instead, by their place in the list
 * @param noticeGiven what was asked for in time needs no notice when it is laid
 * @throws not-skippable where the booking is no series
 */
export async function layLater(
  db: Executor,
  scope: PracticeScope,
  booking: Booking,
  appointments: readonly Appointment[],
  start: DateTime,
  now: DateTime,
  {
    packed = false,
    wishes = [],
    noticeGiven = false
  }: { packed?: boolean; wishes?: readonly (DateTime | undefined)[] | undefined; noticeGiven?: boolean } = {}
): Promise<LaidLater> {
  const whole = await findVersion(db, scope, booking.sessionTypeId, booking.version)
  const booked = await findBooked(db, scope, booking.id)
  if (!whole || !booked) throw new Error(`The booking ${booking.id} has lost its session type`)
  if (!whole.plan.repeat) throw notSkippable('These times are no series: change or cancel all of them')
  const rules = { ...movingRules(whole), ...(noticeGiven && { notice: 0 }) }
  const type = { ...whole, plan: planOf(whole.plan, booking.every, appointments, packed), rules }
  const moving = {
    appointments: appointments.map(({ id }) => id),
    type,
    therapist: booked.therapistSlug,
    second: booked.secondSlug ?? undefined,
    place: booked.place.slug
  }
  const wanted = wishes.map(wish => wish?.toMillis())
  const later = await checkLater(db, scope, moving, start.toMillis(), now.toMillis(), wanted)
  return { appointments, type, moving, later }
}

/** The same for its reader. */
export function rowsOf({ appointments, later }: LaidLater): LaterRow[] {
  return later.laid.flatMap(place => {
    const one = appointments[place.ordinal]
    if (!one) return []
    const [start, end] = [instantOf(place.start), instantOf(place.end)]
    return [
      { id: one.id, start, end, free: place.verdict === 'free', alternatives: later.alternatives(place).map(viewSlot) }
    ]
  })
}

/** @throws slot-taken and not-offered with alternatives for the first that cannot be had, too-soon, too-far */
export async function mustAllBeFree(
  deps: Deps,
  scope: PracticeScope,
  { type, later }: LaidLater,
  start: DateTime
): Promise<void> {
  if (later.verdict === 'free') return
  const gone = later.laid.find(({ verdict }) => verdict !== 'free')
  const at = gone?.start ?? start.toMillis()
  const other = async () => ({ at, slots: gone ? later.alternatives(gone) : [] })
  throw await refusalOf(deps, scope, type, { slug: type.slug, start: at }, later.verdict, other)
}

/** Each of them where it is laid, and what it takes there with its buffers. What is free can be laid. */
export function placesOf({ appointments, type, later }: LaidLater, scope: PracticeScope) {
  const { before, after } = type.rules
  const zone = later.offering?.zone ?? scope.practice.zone
  const taken = occupied(type.plan, later.laid, { before, after }, zone)
  return later.laid.map((place, index) => {
    const [one, wide] = [appointments[place.ordinal], taken[index]]
    if (!one || !wide) throw new Error('What is free can be laid')
    const during = { start: instantOf(wide.start), end: instantOf(wide.end) }
    return { one, startsAt: instantOf(place.start), endsAt: instantOf(place.end), during }
  })
}

/** Writes them at their new times: under the locks, and free. Everybody's SEQUENCE rises. @param moved false: they had none */
export async function writeLater(
  tx: Transaction,
  scope: PracticeScope,
  booking: Booking,
  laid: LaidLater,
  now: DateTime,
  moved = true
): Promise<void> {
  const resources = await findResources(tx, scope, booking.id)
  const relaid = placesOf(laid, scope).map(({ one, startsAt, endsAt, during }) => {
    const change = moved ? { movedAt: now, movedFrom: movedFrom(one, now) } : { movedAt: null, movedFrom: null }
    return {
      id: one.id,
      times: { startsAt, endsAt, moves: one.moves, ...change },
      taken: resources.map(resourceId => ({ practiceId: scope.practice.id, appointmentId: one.id, resourceId, during }))
    }
  })
  await relayAppointments(tx, scope, relaid)
  await reviseParticipants(
    tx,
    scope,
    laid.appointments.map(({ id }) => id),
    now
  )
}
