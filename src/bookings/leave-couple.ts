import type { DateTime } from 'luxon'
import { endMembership, type Membership, ownCouple } from '../clients/end-membership.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { keeping } from './booking.ts'
import { cancel } from './cancel.ts'
import { listAhead, listPausing } from './leaving-store.ts'

/** What somebody belongs to with another, and what of it is ahead: it does not take place when one of them leaves. */
export interface Leaving extends Membership {
  ahead: { booking: string; start: DateTime; end: DateTime }[]
  /** A series of theirs pauses: it does not go on. */
  pausing: boolean
}

/** @throws no-such-membership */
export async function readLeaving(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<Leaving> {
  const membership = await ownCouple(deps, scope, actor, id)
  if (membership.without) return { ...membership, ahead: [], pausing: false }
  const ahead = await listAhead(deps.db, scope, id, keeping, deps.now())
  return { ...membership, ahead, pausing: (await listPausing(deps.db, scope, id)).length > 0 }
}

/**
 * One of two leaves. What is booked for both and has not begun is cancelled by its policy: the other hears that it will not
 * take place, and neither from whom nor why. Safe to repeat: what a first run left is cancelled by the next.
 * @returns what will not take place
 * @throws no-such-membership
 */
export async function leaveCouple(
  deps: PaymentDeps,
  scope: PracticeScope,
  actor: Actor,
  id: string
): Promise<Pick<Leaving, 'ahead' | 'pausing'>> {
  const { ahead, pausing, without } = await readLeaving(deps, scope, actor, id)
  if (without) return { ahead, pausing }
  await endMembership(deps, scope, actor, id)
  await cancelAhead(deps, scope, actor, id)
  return { ahead, pausing }
}

/** Cancels what a couple that has ended still keeps, or lets pause. What has begun already stays: staff decide over the rest of it. */
export async function cancelAhead(deps: PaymentDeps, scope: PracticeScope, actor: Actor, client: string) {
  const ahead = await listAhead(deps.db, scope, client, keeping, deps.now())
  const pausing = await listPausing(deps.db, scope, client)
  for (const booking of new Set([...ahead.map(({ booking }) => booking), ...pausing]))
    await cancel(deps, scope, actor, booking)
}
