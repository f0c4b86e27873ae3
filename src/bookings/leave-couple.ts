import type { DateTime } from 'luxon'
import { endMembership, type Membership, ownCouple } from '../clients/end-membership.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { findAppointments } from './appointment-store.ts'
import { type Booking, keeping } from './booking.ts'
import { cancel } from './cancel.ts'
import { endPlaces } from './end-places.ts'
import { endProposed } from './end-proposal.ts'
import { listBookingsOf } from './leaving-store.ts'
import { isOwn, whoseOf } from './own-times.ts'
import { aheadAt } from './paused.ts'
import { findBooking } from './store.ts'

/** What somebody belongs to with another, and what of it is ahead: it does not take place when one of them leaves. */
export interface Leaving extends Membership {
  /** Their own times and those for both, soonest first: when the other alone would come is not theirs. */
  ahead: { booking: string; start: DateTime; end: DateTime }[]
  /** A series of theirs pauses: it does not go on. */
  pausing: boolean
  /** Steps of theirs wait for a time: they get none. */
  waiting: boolean
}

const nothing = { ahead: [], pausing: false, waiting: false }

/** @throws no-such-membership */
export async function readLeaving(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<Leaving> {
  const membership = await ownCouple(deps, scope, actor, id)
  if (membership.without) return { ...membership, ...nothing }
  const ending = await listEnding(deps, scope, id)
  const ahead: Leaving['ahead'] = []
  let waiting = false
  for (const { booking, planned } of ending) {
    const known = ahead.length
    const whose = await whoseOf(deps.db, scope, actor, booking)
    for (const { id, who, state, startsAt, endsAt } of await findAppointments(deps.db, scope, booking.id))
      if (planned.has(id) && state === 'planned' && isOwn(who, whose))
        ahead.push({ booking: booking.id, start: startsAt, end: endsAt })
    // Whether the other's own step is still ahead changes nothing of what is said.
    waiting ||= !booking.pausedFrom && ahead.length === known
  }
  return {
    ...membership,
    ahead: ahead.sort((one, other) => one.start.toMillis() - other.start.toMillis()),
    pausing: ending.some(({ booking }) => booking.pausedFrom),
    waiting
  }
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
): Promise<Pick<Leaving, keyof typeof nothing>> {
  const { ahead, pausing, waiting, without } = await readLeaving(deps, scope, actor, id)
  if (without) return nothing
  await endMembership(deps, scope, actor, id)
  await cancelAhead(deps, scope, actor, id)
  return { ahead, pausing, waiting }
}

/**
 * Cancels what a couple that has ended still keeps, lets pause, or would choose a time for, and ends what it waits for and
 * what is proposed to it. What has begun already stays, and so does a step of one of them alone where nothing for both is
 * left: staff decide over the rest of it.
 */
export async function cancelAhead(deps: PaymentDeps, scope: PracticeScope, actor: Actor, client: string) {
  // First, so that no seat that comes free is offered to them.
  await endPlaces(deps, scope, client)
  await endProposed(deps, scope, client)
  for (const { booking } of await listEnding(deps, scope, client)) await cancel(deps, scope, actor, booking.id)
}

/** The bookings of a couple of which something for both is ahead, or waits, with the ids of all that ends with it. */
async function listEnding({ db, now }: Deps, scope: PracticeScope, client: string) {
  const ending: { booking: Booking; planned: Set<string> }[] = []
  for (const id of await listBookingsOf(db, scope, client, keeping)) {
    const booking = await findBooking(db, scope, id)
    if (!booking) continue
    const { next, planned } = await aheadAt(db, scope, booking, now(), 'other')
    if (next && next > now()) ending.push({ booking, planned: new Set(planned.map(({ id }) => id)) })
  }
  return ending
}
