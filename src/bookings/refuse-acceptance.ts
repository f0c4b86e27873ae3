import type { Stretch } from '../../db/schema/columns.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { type Acceptance, type Answer, isAnswerable, nothingToAnswer, othersYes } from './acceptance.ts'
import { findAcceptances, setAnswer } from './acceptance-store.ts'
import type { Booking } from './booking.ts'
import { endBooking } from './end-booking.ts'
import { lockWithResources } from './lock-store.ts'
import { mustSuit } from './possible-times.ts'
import { insertPossibleTimes } from './times-store.ts'

/** A request whose other yes can be given or refused now, under its locks. */
export interface Answerable {
  booking: Booking
  yes: Acceptance
}

/**
 * Another time would suit, or rather not: either ends the request at once and frees its times, and whoever booked hears
 * the same words after both, after a lapse, and nothing of who or why. It needs no sign-in, so that a no costs nothing; and
 * it counts after a yes as well, so that nobody learns from a refusal that a yes was given.
 * @param windows with the wish for another time, when it would suit: for the practice alone, who read it with the booking
 * @throws nothing-to-answer where it is over, or too late; invalid-input
 */
export async function refuseAcceptance(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  bookingId: string,
  answer: Exclude<Answer, 'accept'>,
  windows: readonly Stretch[] = []
): Promise<void> {
  mustSuit(answer, windows, deps.now())
  await deps.db.transaction(async tx => {
    const { booking, yes } = await lockAnswerable(deps, tx, scope, bookingId)
    await setAnswer(tx, scope, { bookingId, by: yes.by, answer, at: deps.now() })
    await insertPossibleTimes(tx, scope, bookingId, windows, deps.now())
    await endBooking(deps, tx, scope, booking, 'declined', actorName(actor))
  })
}

/** Locks a request that waits for the other, or has their yes and waits for the practice. @throws nothing-to-answer */
export async function lockAnswerable(
  { now }: Pick<Deps, 'now'>,
  tx: Transaction,
  scope: PracticeScope,
  id: string
): Promise<Answerable> {
  const booking = await lockWithResources(tx, scope, id)
  const yes = booking?.state === 'requested' ? othersYes(await findAcceptances(tx, scope, id)) : undefined
  if (!booking || !yes || !isAnswerable(yes, now()))
    throw nothingToAnswer('The time that was suggested is not asked about any more. There is nothing for you to do')
  return { booking, yes }
}
