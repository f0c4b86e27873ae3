import type { DateTime } from 'luxon'
import type { Stretch } from '../../db/schema/columns.ts'
import { openMoves } from '../availability/choose-move.ts'
import { theirTherapist } from '../availability/read-opening-hours.ts'
import { findSold } from '../availability/store.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Money } from '../kernel/money.ts'
import { instantOf } from '../kernel/time.ts'
import type { Booking } from './booking.ts'
import { type BulkChoice, choicesFor } from './bulk-change.ts'
import { findMoving } from './list-moves.ts'
import { findTerms } from './quote-cancellation.ts'
import { viewFor } from './read-booking.ts'
import type { BookingView } from './schema.ts'
import { findBooking } from './store.ts'

/** A booking that an absence collides with, and what each choice would mean for it. */
export interface CollisionFacts {
  booking: Booking
  start: DateTime
  end: DateTime
  /** As whoever asks may see it. */
  view: BookingView
  choices: BulkChoice[]
  /** The nearest start that is free, clear of the absence, and promised to none of the others. */
  nearest: DateTime | null
  /** What goes back to whoever paid, should the practice cancel it. */
  refund: Money
}

/**
 * What is sold in a stretch, soonest first, with the exact consequences of moving and cancelling it. Nothing is changed.
 * @throws no-such-therapist, not-allowed
 */
export async function readCollisions(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  during: Stretch
): Promise<CollisionFacts[]> {
  const therapist = await theirTherapist(deps.db, scope, actor, slug)
  const sold = await findSold(deps.db, scope, therapist.id, during)
  const promised: Taken[] = [{ start: during.start.toMillis(), end: during.end.toMillis() }]
  const found: CollisionFacts[] = []
  for (const [id, [first, ...rest]] of Map.groupBy(sold, ({ id }) => id)) {
    const booking = await findBooking(deps.db, scope, id)
    if (!booking || !first || first.end <= deps.now()) continue
    const nearest = await nearestClear(deps, scope, booking, first.start, promised)
    const { type } = await findMoving(deps.db, scope, booking)
    found.push({
      booking,
      start: first.start,
      end: rest.at(-1)?.end ?? first.end,
      view: await viewFor(deps, scope, actor, booking),
      choices: choicesFor(booking, type.plan, nearest !== null),
      nearest,
      refund: {
        ...booking.price,
        amount: booking.state === 'confirmed' ? (await findTerms(deps.db, scope, booking)).paid : 0
      }
    })
  }
  return found
}

interface Taken {
  start: number
  end: number
}

/** The free start nearest to the old one that overlaps nothing of what is promised; what it takes is promised then. */
export async function nearestClear(
  { db, now }: Deps,
  scope: PracticeScope,
  booking: Booking,
  start: DateTime,
  promised: Taken[]
): Promise<DateTime | null> {
  const { type, moving } = await findMoving(db, scope, booking)
  if (type.plan.segments.length !== 1 || booking.state !== 'confirmed') return null
  const { before, after } = type.rules
  const at = start.toMillis()
  for (const days of [7, 28]) {
    const window = { from: Math.max(at - days * 86_400_000, now().toMillis()), to: at + days * 86_400_000 }
    if (window.from >= window.to) continue
    const [nearest] = (await openMoves(db, scope, moving, window, now().toMillis()))
      .map(slot => ({ slot, start: slot.start - before * 60_000, end: slot.end + after * 60_000 }))
      .filter(
        ({ slot, start, end }) => slot.start !== at && !promised.some(other => other.start < end && start < other.end)
      )
      .sort((one, other) => Math.abs(one.slot.start - at) - Math.abs(other.slot.start - at))
    if (!nearest) continue
    promised.push(nearest)
    return instantOf(nearest.slot.start)
  }
  return null
}
