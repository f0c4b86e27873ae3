import { DateTime } from 'luxon'
import type { Booking } from '../bookings/booking.ts'
import { findMoving, listMoves } from '../bookings/list-moves.ts'
import type { Whose } from '../bookings/own-times.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { isoUtc } from '../kernel/time.ts'

/** So many days of free starts are shown at once. */
const days = 7

/** Free starts for a move, a week of them: from the asked day on, or around the day of the appointment. */
export async function moveWindow(
  deps: Deps,
  scope: PracticeScope,
  booking: Booking,
  zone: string,
  { id, start }: { id: string; start: DateTime },
  asked: string | undefined,
  whose?: Whose
) {
  const { type } = await findMoving(deps.db, scope, booking, id)
  const now = deps.now().setZone(zone)
  const earliest = now.plus({ minutes: type.rules.notice }).startOf('day')
  const latest = now.plus({ days: type.rules.horizon }).startOf('day')
  // Whoever moves an appointment looks first near the day that it is on.
  const wanted = asked ? DateTime.fromISO(asked, { zone }) : start.setZone(zone).minus({ days: 2 }).startOf('day')
  const from = wanted < earliest ? earliest : wanted > latest ? latest : wanted
  const open = await listMoves(deps, scope, booking, id, from, from.plus({ days }), whose)
  // The time that it has already is no change.
  const slots = open.filter(slot => slot.start !== isoUtc(start))
  return { type, slots, from, days, earliest, latest }
}
