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
  const { plan } = booked
  const whole = (await findAppointments(db, scope, id)).filter(({ ordinal }) => !standsAlone(plan, ordinal))
  return new Set(whole.slice(1).map(one => one.id))
}
