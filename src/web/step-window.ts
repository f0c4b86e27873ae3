import { DateTime } from 'luxon'
import { openMoves } from '../availability/choose-move.ts'
import { viewSlot } from '../availability/read-slots.ts'
import type { Booking } from '../bookings/booking.ts'
import { findStep } from '../bookings/find-step.ts'
import { readBooking } from '../bookings/read-booking.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'

/** So many days of free starts are shown at once. */
const days = 7

/**
 * The free starts of a step that has no time, a week at a time, by a clock.
 * @param asked the first day that is wanted
 * @returns undefined where the step does not wait for this reader
 */
export async function stepWindow(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking,
  step: number,
  zone: string,
  asked: string | undefined
) {
  const { appointments } = await readBooking(deps, scope, actor, booking.id)
  const waiting = appointments.find(one => 'open' in one && one.step === step)
  if (!waiting || !('open' in waiting)) return undefined
  const { moving } = await findStep(deps.db, scope, actor, booking, step, deps.now())
  const now = deps.now().setZone(zone)
  const { from: first, to: end } = waiting.open
  const earliest = DateTime.max(now, first.setZone(zone)).startOf('day')
  const latest = end.minus({ minutes: 1 }).setZone(zone).startOf('day')
  const wanted = asked ? DateTime.fromISO(asked, { zone }) : earliest
  const from = wanted < earliest ? earliest : wanted > latest ? latest : wanted
  const window = { from: from.toMillis(), to: Math.min(from.plus({ days }).toMillis(), end.toMillis()) }
  const slots = (await openMoves(deps.db, scope, moving, window, now.toMillis())).map(viewSlot)
  return { slots, from, days, earliest, latest }
}
