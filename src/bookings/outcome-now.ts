import type { Who } from '../catalog/segment.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { findAppointments } from './appointment-store.ts'
import { outcomeOf } from './attendance.ts'
import type { Booking } from './booking.ts'
import { isMakeable } from './lay-made-up.ts'
import { stepsWait } from './open-steps.ts'
import { listSkips } from './skip-store.ts'
import { isUndecided } from './skipping.ts'
import { findBooked } from './store.ts'

const notAsked: readonly (readonly Who[])[] = [[], ['first'], ['second']]

/**
 * What a booking has come to by what was put down of its appointments; undefined while one of them is ahead, a step still
 * gets its time, what was let fall late is not decided on or can be made up for, or it pauses or goes on until it is ended.
 */
export async function outcomeNow(
  tx: Transaction,
  scope: PracticeScope,
  booking: Booking,
  now: Booking['createdAt']
): Promise<ReturnType<typeof outcomeOf>> {
  if (booking.pausedFrom || booking.openEnded) return undefined
  const all = await findAppointments(tx, scope, booking.id)
  const booked = await findBooked(tx, scope, booking.id)
  // Of a step for both each of the two is told other days: while one of them can lay it, it waits.
  if (booked && notAsked.some(but => stepsWait(booked.plan, all, now, but))) return undefined
  const skips = await listSkips(tx, scope, [booking.id])
  if (skips.some(skip => isUndecided(skip) || isMakeable(skip, booked, now))) return undefined
  const isKept = skips.some(({ fee }) => fee > 0)
  return outcomeOf(
    all.map(({ state }) => state),
    isKept
  )
}
