import { refreshCalendars } from '../availability/outside/refresh-calendars.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { findAppointment } from './appointment-store.ts'
import { findBooked } from './store.ts'

/** Before an appointment, or others with it, gets another time: what its therapists' calendars outside say now. */
export async function refreshBefore(deps: Deps, scope: PracticeScope, appointment: string): Promise<void> {
  const booking = (await findAppointment(deps.db, scope, appointment))?.bookingId
  if (booking) await refreshOf(deps, scope, booking)
}

/** The same for all of a booking. */
export async function refreshOf(deps: Deps, scope: PracticeScope, booking: string): Promise<void> {
  const booked = await findBooked(deps.db, scope, booking)
  if (!booked) return
  const { therapistSlug, secondSlug } = booked
  await refreshCalendars(deps, scope, [therapistSlug, ...(secondSlug ? [secondSlug] : [])])
}
