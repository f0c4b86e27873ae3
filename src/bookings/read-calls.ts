import type { Actor } from '../identity/actor.ts'
import { findName } from '../identity/find-name.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { type Call, readCalls, wantsCalls } from './calls.ts'
import { mustBeOwn, ownBooking } from './read-booking.ts'

/** A call with the name of whose it is, for staff. */
export interface NamedCall extends Call {
  name: string
}

/**
 * How far the private calls are that a booking's approval waits for; none where its type wants no calls.
 * @throws no-such-booking, not-allowed
 */
export async function readBookingCalls(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  id: string
): Promise<NamedCall[]> {
  const booking = await ownBooking(deps, scope, actor, id)
  await mustBeOwn(deps, scope, actor, id)
  if (!(await wantsCalls(deps.db, scope, booking))) return []
  const named: NamedCall[] = []
  for (const call of await readCalls(deps.db, scope, booking, deps.now()))
    named.push({ ...call, name: (await findName(deps, deps.db, scope, call.person)) ?? '' })
  return named
}
