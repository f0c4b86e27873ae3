import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { practiceYes } from './acceptance.ts'
import { findAcceptances } from './acceptance-store.ts'
import { type Booking, therapistsOf } from './booking.ts'
import { type Call, callOf, wantsCalls } from './calls.ts'
import { idsOf, standingOf } from './standing.ts'

/**
 * How far the own private call is of whoever takes part in a request that waits for one with each; nothing of the other's.
 * @returns undefined where none is waited for, or it is not theirs
 */
export async function readOwnCall(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking
): Promise<Pick<Call, 'state' | 'at'> | undefined> {
  if (booking.state !== 'requested' || !(await wantsCalls(db, scope, booking))) return undefined
  const standing = await standingOf(db, scope, actor, booking)
  if (standing !== 'booker' && standing !== 'member') return undefined
  const call = await callOf(db, scope, await idsOf(db, scope, actor), therapistsOf(booking), now())
  // Where a therapist's word stands in its place, none is waited for; where it took place, a yes changes nothing to be seen.
  const yes = (await findAcceptances(db, scope, booking.id)).find(({ by }) => by === practiceYes)
  return yes?.answer && call.state !== 'held' ? undefined : call
}
