import { findAppointments } from '../../bookings/appointment-store.ts'
import { findBooked } from '../../bookings/store.ts'
import { standsAlone } from '../../catalog/plan.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'

/**
 * Of what belongs together and has steps beside it, those that move with the first.
 * @returns undefined where nothing stands beside it: then it is one
 */
export async function tiedOf({ db }: Deps, scope: PracticeScope, id: string): Promise<Set<string> | undefined> {
  const booked = await findBooked(db, scope, id)
  if (!booked || booked.steps.length === 0) return undefined
  return tiedIn(booked.plan, await findAppointments(db, scope, id))
}

/** Of a booking's appointments, in their order, those that belong together with an earlier one. */
export function tiedIn(
  plan: Parameters<typeof standsAlone>[0],
  appointments: readonly { id: string; ordinal: number }[]
): Set<string> {
  const whole = appointments.filter(({ ordinal }) => !standsAlone(plan, ordinal))
  return new Set(whole.slice(1).map(({ id }) => id))
}
