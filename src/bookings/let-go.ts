import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { asItIs } from './as-it-is.ts'
import { type Booking, wrongState } from './booking.ts'
import { cancel } from './cancel.ts'
import { release } from './release.ts'

/**
 * Gives a time back that is not confirmed yet: a request ends at once, a hold by the fence. One that has ended already
 * stays as it is.
 * @throws wrong-state where it is confirmed or over: that is cancelled, with the sum shown before
 */
export async function letGo(deps: PaymentDeps, scope: PracticeScope, actor: Actor, booking: Booking): Promise<void> {
  if (['confirmed', 'completed', 'no_show', 'cancelled'].includes(booking.state))
    throw wrongState(asItIs(booking.state))
  if (booking.state === 'requested') await cancel(deps, scope, actor, booking.id)
  else await release(deps, scope, booking.id, actor)
}
