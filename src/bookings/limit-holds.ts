import type { Chosen } from '../availability/choose.ts'
import { isTooMuchHeld } from '../availability/held-share.ts'
import { occupied } from '../catalog/lay.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { instantOf } from '../kernel/time.ts'
import { findDayClaims, type Holds } from './hold-store.ts'
import { dayHeld, retryAfter, tooManyHolds } from './holder.ts'

type Free = Extract<Chosen, { verdict: 'free' }>

/** More than a local day to each side of an instant. */
const dayAndMore = { hours: 36 }

/**
 * Refuses one unpaid hold too many of a browser or a mail address, counted under the holder's lock, and holds that would together take too much of a
 * therapist's day. The caller has locked the holder and the resources: what is counted here is still so when it writes.
 * @throws too-many-holds, day-held
 */
export async function limitHolds(
  deps: Pick<Deps, 'settings'>,
  tx: Transaction,
  scope: PracticeScope,
  holds: Holds,
  type: SessionType,
  { offering: { therapist, zone }, calendar, laid }: Free
): Promise<void> {
  const { limits } = deps.settings
  mustHoldFew(deps, holds)
  if (limits.heldShare >= 100) return
  const { before, after } = type.rules
  const wanted = occupied(type.plan, laid, { before, after }, zone)
  const [first, last] = [wanted[0], wanted.at(-1)]
  if (!first || !last) return
  const [from, to] = [instantOf(first.start).minus(dayAndMore), instantOf(last.end).plus(dayAndMore)]
  const claims = await findDayClaims(tx, scope, therapist, from, to)
  const stretches = wanted.flatMap(({ start, end }) => [start, end])
  if (isTooMuchHeld(calendar, stretches, claims, limits.heldShare))
    throw dayHeld(
      'Choose another day, or try again later: times that are not paid within half an hour, or that the practice does not confirm, are free again',
      { retryAfter }
    )
}

/** @throws too-many-holds where a browser or a mail address keeps as much as it may */
export function mustHoldFew({ settings: { limits } }: Pick<Deps, 'settings'>, { ofBrowser, ofAddress }: Holds): void {
  if (ofBrowser >= limits.holds || ofAddress >= limits.holds)
    throw tooManyHolds(
      `At most ${limits.holds} times can be kept at once. Pay for one of them or let one go on its page, or wait: a time that is not paid is free again after half an hour`,
      { retryAfter }
    )
}
