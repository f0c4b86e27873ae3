import { DateTime } from 'luxon'
import type { Who } from '../catalog/segment.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { findAppointments } from './appointment-store.ts'
import type { Booking } from './booking.ts'
import { stepsWait } from './open-steps.ts'
import { withOthersSteps } from './others-steps.ts'
import { aheadOf, countedOf, countingStart, isCharged, othersOwn, type Part, partsOf } from './parts.ts'
import { listUnpaid } from './series-store.ts'
import { listSkips } from './skip-store.ts'
import { findBooked } from './store.ts'

type Appointment = Awaited<ReturnType<typeof findAppointments>>[number]

/** Later than any appointment: what pauses has no start that is near. */
const someday = DateTime.utc(9000)

/** The appointments of a series that pause: they keep no time, and get one again when it goes on. */
export async function pausedOf(
  db: Executor,
  scope: PracticeScope,
  booking: Pick<Booking, 'id' | 'pausedFrom'>
): Promise<Appointment[]> {
  if (!booking.pausedFrom) return []
  const skipped = new Set((await listSkips(db, scope, [booking.id])).map(({ appointmentId }) => appointmentId))
  return (await findAppointments(db, scope, booking.id)).filter(
    ({ id, state }) => state === 'skipped' && !skipped.has(id)
  )
}

/**
 * A booking's appointments as a cancellation counts them: what pauses is ahead, and its notice is given; of what is owed by
 * itself and not paid nothing can come back; of what makes up for one that was let fall too late neither. A step that was
 * called off in time is none until it has its time again.
 */
export async function countedAppointments(
  db: Executor,
  scope: PracticeScope,
  booking: Pick<Booking, 'id' | 'pausedFrom'>
): Promise<(Appointment & Pick<Part, 'settled'>)[]> {
  const madeUp = (await listSkips(db, scope, [booking.id])).filter(({ madeUpAt, fee }) => madeUpAt && fee > 0)
  const settled = new Set(madeUp.map(({ appointmentId }) => appointmentId))
  const paused = new Set((await pausedOf(db, scope, booking)).map(({ id }) => id))
  const unpaid = new Set(await listUnpaid(db, scope, booking.id))
  const all = await findAppointments(db, scope, booking.id)
  return all
    .filter(({ state }) => state !== 'cancelled')
    .map(one => (unpaid.has(one.id) ? { ...one, price: 0 } : one))
    .map(one => ({ ...one, settled: settled.has(one.id) }))
    .map(one =>
      paused.has(one.id) ? { ...one, state: 'planned', startsAt: someday, movedAt: null, movedFrom: null } : one
    )
}

/** To whom it is told what is ahead. Of two, neither is told by it when the other's own step is: that counts by the one before. */
export type Told = keyof typeof hiddenFrom

/** Whose own steps each is not told of. */
export const hiddenFrom = { practice: [], booker: othersOwn, other: ['first', 'second'] } as const satisfies Record<
  string,
  readonly Who[]
>

/**
 * What of a booking is still ahead at an instant, as its cancellation counts it. Steps that only wait for a time are ahead
 * as well, and their notice is given.
 * @returns `planned`: what gives its time free; `next`: the first start that is ahead, and `start` the one to which the notice
 * counts, both as they are told; undefined where all of it has begun
 */
export async function aheadAt(
  db: Executor,
  scope: PracticeScope,
  booking: Booking,
  at: DateTime,
  told: Told
): Promise<{
  planned: Appointment[]
  parts: Part[] | undefined
  next: DateTime | undefined
  start: DateTime | undefined
}> {
  const hidden = hiddenFrom[told]
  const counted = await countedAppointments(db, scope, booking)
  const planned = aheadOf(counted, at)
  const parts = partsOf(await withOthersSteps(db, scope, booking, counted, hidden), hidden)
  const shown = parts ?? counted
  const start = countingStart(countedOf(shown, at), at)
  if (start) return { planned, parts, next: aheadOf(shown, at)[0]?.startsAt, start }
  // Between the first and the last of what belongs together nothing is called off, its steps neither.
  const within = counted.some(one => one.state === 'planned' && !isCharged(one) && one.startsAt > at)
  if (within) return { planned, parts, next: undefined, start: undefined }
  const booked = await findBooked(db, scope, booking.id)
  const waits = booked && stepsWait(booked.plan, await findAppointments(db, scope, booking.id), at, hidden)
  const once = waits ? someday : undefined
  // Nothing of what has taken place is ahead for that, whether or not anything is charged by itself.
  return { planned, parts: shown, next: once, start: once }
}
