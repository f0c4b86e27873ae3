import type { DateTime } from 'luxon'
import { endMembership, type Membership, ownCouple } from '../clients/end-membership.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { keeping } from './booking.ts'
import { cancel } from './cancel.ts'
import { listAhead } from './leaving-store.ts'

/** What somebody belongs to with another, and what of it is ahead: it does not take place when one of them leaves. */
export interface Leaving extends Membership {
  ahead: { booking: string; start: DateTime; end: DateTime }[]
}

/** @throws no-such-membership */
export async function readLeaving(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<Leaving> {
  const membership = await ownCouple(deps, scope, actor, id)
  return { ...membership, ahead: membership.without ? [] : await listAhead(deps.db, scope, id, keeping, deps.now()) }
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
): Promise<Leaving['ahead']> {
  const { ahead, without } = await readLeaving(deps, scope, actor, id)
  if (without) return ahead
  await endMembership(deps, scope, actor, id)
  await cancelAhead(deps, scope, actor, id)
  return ahead
}

/** Cancels what a couple that has ended still keeps. What has begun already stays: staff decide over the rest of it. */
export async function cancelAhead(deps: PaymentDeps, scope: PracticeScope, actor: Actor, client: string) {
  const ahead = await listAhead(deps.db, scope, client, keeping, deps.now())
  for (const booking of new Set(ahead.map(({ booking }) => booking))) await cancel(deps, scope, actor, booking)
}
