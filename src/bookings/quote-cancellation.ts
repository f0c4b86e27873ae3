import { depositOf } from '../catalog/session-type.ts'
import { findVersion } from '../catalog/store.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Money } from '../kernel/money.ts'
import { findRefundable } from '../payments/refund.ts'
import type { Terms } from './ahead.ts'
import { asItIs } from './as-it-is.ts'
import { type Booking, wrongState } from './booking.ts'
import { type By, type Cancellation, cancellationOf, quoteMinutes } from './cancellation.ts'
import { findCancellation, findQuote, keepQuote } from './cancellation-store.ts'
import type { CancellationQuoteView } from './change-schema.ts'
import { graceOf } from './fee-grace.ts'
import { whoseOf } from './own-times.ts'
import { aheadAt, hiddenFrom, type Told } from './paused.ts'
import { waitingShare } from './waiting-share.ts'

/** Before anything was paid, a booking is let go for nothing. */
const unpaid = ['requested', 'held', 'releasing']

/**
 * What a cancellation by this actor gives back, exactly; what was shown holds for ten minutes, also where a band ends in
 * between. Of a booking that was cancelled: what came of it.
 * @param by who cancels, where staff ask for a client who told them
 * @throws wrong-state where it can not be cancelled (any more)
 */
export async function quoteCancellation(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking,
  by = byOf(actor)
): Promise<CancellationQuoteView> {
  const { db, now } = deps
  const money = (amount: number): Money => ({ amount, currency: booking.price.currency })
  const view = ({ band, refund, fee, decideBy, owed }: Cancellation) => ({
    refund: money(refund),
    fee: money(fee),
    band,
    ...(owed && { owed: money(owed) }),
    ...(decideBy && { decideBy })
  })
  const at = now()
  const done = await findCancellation(db, scope, booking.id)
  if (done) return { ...view({ ...done, decideBy: done.decision ? null : done.decideBy }), validUntil: at }
  const validUntil = at.plus({ minutes: quoteMinutes })
  if (unpaid.includes(booking.state)) return { ...view({ band: 'unpaid', refund: 0, fee: 0 }), validUntil }
  const { next } = await aheadAt(db, scope, booking, at, await toldOf(db, scope, actor, booking, by))
  mustBeAhead(booking, next, at)
  const quote = await keepQuote(db, scope, booking.id, actorName(actor), at, validUntil)
  const outcome = await decide(db, scope, booking, by, quote.quotedAt)
  const decideBy = await graceOf(db, scope, booking.id, outcome, at)
  return { ...view({ ...outcome, decideBy }), validUntil: quote.validUntil }
}

/** The instant to which this actor's cancellation counts: when its sum was shown, while that holds; else now. */
export async function countedAt({ now }: Deps, db: Executor, scope: PracticeScope, actor: Actor, id: string) {
  const quote = await findQuote(db, scope, id, actorName(actor))
  return quote && quote.validUntil > now() ? quote.quotedAt : now()
}

/**
 * What a cancellation at an instant comes to, by the version that was booked and what is paid. What the practice cancels comes
 * back as far as it did not take place; whoever pays is told sums by which nobody can tell when the other's own step is.
 */
export async function decide(
  db: Executor,
  scope: PracticeScope,
  booking: Booking,
  by: By,
  at: Booking['createdAt']
): Promise<Cancellation> {
  const as = by === 'client' ? 'booker' : 'practice'
  const told = await aheadAt(db, scope, booking, at, as)
  // Of what staff write down for a client no more may be left than the other's own.
  const start = told.start ?? (await aheadAt(db, scope, booking, at, 'practice')).start
  if (!start) throw new Error(`The booking ${booking.id} has lost its times`)
  const waiting = await waitingShare(db, scope, booking, at, hiddenFrom[as])
  return cancellationOf({ ...(await findTerms(db, scope, booking)), by, start, at, parts: told.parts, waiting })
}

/** As whom somebody is told whether a booking can still be cancelled: staff see what is left, whoever they do it for. */
export async function toldOf(
  db: Executor,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking,
  by: By
): Promise<Told> {
  if (by === 'practice' || actor.kind === 'staff') return 'practice'
  return (await whoseOf(db, scope, actor, booking)) === 'second' ? 'other' : 'booker'
}

/** The terms of a confirmed booking: of the version that was booked, and what is paid and not yet sent back. */
export async function findTerms(db: Executor, scope: PracticeScope, booking: Booking): Promise<Terms> {
  const type = await findVersion(db, scope, booking.sessionTypeId, booking.version)
  if (!type || !booking.confirmedAt)
    throw new Error(`The booking ${booking.id} has lost its type, or never was confirmed`)
  const payments = await findRefundable(db, scope, booking.id)
  return {
    policy: type.policy,
    price: booking.price,
    deposit: depositOf({ ...type, price: booking.price })?.amount ?? booking.price.amount,
    paid: payments.reduce((sum, { left }) => sum + left, 0),
    confirmedAt: booking.confirmedAt,
    zone: scope.practice.zone
  }
}

/** Staff cancel for the practice; whoever holds the booking's token, for the client. */
export function byOf(actor: Actor): By {
  return actor.kind === 'staff' ? 'practice' : 'client'
}

/** @throws wrong-state where it is not confirmed, or has begun */
export function mustBeAhead(
  { state }: Booking,
  start: Booking['createdAt'] | undefined,
  now: Booking['createdAt']
): void {
  if (state !== 'confirmed') throw wrongState(asItIs(state))
  if (!start || start <= now)
    throw wrongState('This appointment has begun: it can be neither changed nor cancelled any more')
}
