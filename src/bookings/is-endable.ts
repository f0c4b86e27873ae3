import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Booking } from './booking.ts'
import { aheadAt } from './paused.ts'
import { toldOf } from './quote-cancellation.ts'

/**
 * Whether a client can cancel all of a booking. Of two, whoever has but a step of their own left calls that off; what is left
 * of the other's ends nothing here.
 */
export async function isEndable({ db, now }: Deps, scope: PracticeScope, actor: Actor, booking: Booking) {
  const { next } = await aheadAt(db, scope, booking, now(), await toldOf(db, scope, actor, booking, 'client'))
  return next !== undefined && next > now()
}
