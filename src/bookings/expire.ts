import { type Interval, occupied } from '../catalog/lay.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { practiceScopes } from '../identity/scope.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { forEachApart } from '../kernel/each.ts'
import { instantOf } from '../kernel/time.ts'
import { isLive } from '../payments/attempt.ts'
import { findAttempts } from '../payments/attempt-store.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { isLapsed } from './acceptance.ts'
import { findAcceptances, findLapsed } from './acceptance-store.ts'
import { prolong } from './await-calls.ts'
import { move } from './booking.ts'
import { endBooking } from './end-booking.ts'
import { findDueHolds, findOverdue } from './hold-store.ts'
import { lockWithResources } from './lock-store.ts'
import { release } from './release.ts'
import { lockBooking } from './store.ts'

/** Ends the holds that are over at `now`, by the fence. Asked each minute. */
export async function expireDue(deps: PaymentDeps): Promise<void> {
  const scopes = practiceScopes(deps)
  await forEachApart(await findDueHolds(deps.db, deps.now()), async ({ practice, booking }) =>
    release(deps, await scopes.forId(practice), booking, 'system')
  )
}

/** Ends the requests whose deadline for a yes has passed. Asked each minute. */
export async function lapseDue(deps: Deps): Promise<void> {
  const scopes = practiceScopes(deps)
  await forEachApart(await findLapsed(deps.db, deps.now()), async ({ practice, booking }) =>
    lapse(deps, await scopes.forId(practice), booking)
  )
}

/**
 * For whoever wants the time of holds that are over and wait for no payment.
 * @param zone by whose clock it is laid: a whole day is the therapist's
 * @returns how many were ended
 */
export async function endOverdue(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  { plan, rules: { before, after } }: SessionType,
  laid: readonly Pick<Interval, 'start' | 'end'>[],
  zone: string,
  resources: readonly string[]
): Promise<number> {
  const wanted = occupied(plan, laid, { before, after }, zone)
  let ended = 0
  for (const { start: from, end: to } of wanted) {
    const during = { start: instantOf(from), end: instantOf(to) }
    for (const id of await findOverdue(tx, scope, resources, during, deps.now())) {
      const booking = await lockBooking(tx, scope, id)
      if (booking?.state !== 'held' || (await findAttempts(tx, scope, id)).some(isLive)) continue
      const releasing = move(booking, 'releasing', deps.now())
      await endBooking(deps, tx, scope, releasing, 'expired', 'system')
      ended += 1
    }
  }
  return ended
}

/** A request that got no yes in time ends, and its times are free. */
async function lapse(deps: Deps, scope: PracticeScope, id: string): Promise<void> {
  await deps.db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, id)
    if (booking?.state !== 'requested') return
    // Asked again under the lock: the yes that was missing may have come, another still has time, or a call gives more of it.
    await prolong(deps, tx, scope, booking)
    if (isLapsed(await findAcceptances(tx, scope, id), deps.now()))
      await endBooking(deps, tx, scope, booking, 'expired', 'system')
  })
}
