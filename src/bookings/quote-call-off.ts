import type { DateTime } from 'luxon'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Money } from '../kernel/money.ts'
import type { Booking } from './booking.ts'
import { type Callable, findCallable } from './callable.ts'
import { type CalledOff, callOffOf } from './calling-off.ts'
import { type By, quoteMinutes } from './cancellation.ts'
import { keepQuote } from './cancellation-store.ts'
import { graceOf } from './fee-grace.ts'
import { isOwn, whoseOf } from './own-times.ts'
import { partsOf } from './parts.ts'
import { countedAppointments } from './paused.ts'
import { byOf, findTerms } from './quote-cancellation.ts'
import { readerOf } from './quote-skip.ts'

/** What calling off one step comes to: exact sums, and which times of its reader give way with it. */
export interface CallOffQuote {
  band: string
  refund: Money
  fee: Money
  decideBy: DateTime | undefined
  validUntil: DateTime
  opens: boolean
  givesWay: { id: string; start: DateTime; end: DateTime }[]
}

/**
 * What it would mean to call off a step now; what was shown holds for ten minutes. Of what gives way with it a reader sees
 * their own and what is for both: when the other comes, and whether theirs is among it, is the other's.
 * @throws wrong-state where it is not confirmed and ahead; not-skippable where it is no step
 */
export async function quoteCallOff(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking,
  id: string,
  by = byOf(actor)
): Promise<CallOffQuote> {
  const { db, now } = deps
  const at = now()
  const callable = await findCallable(db, scope, booking, id, at)
  const until = at.plus({ minutes: quoteMinutes })
  const shown = await keepQuote(db, scope, booking.id, readerOf(actor, id), at, until)
  const outcome = await decideCallOff(db, scope, booking, callable, by, shown.quotedAt)
  const whose = await whoseOf(db, scope, actor, booking)
  const money = (amount: number): Money => ({ amount, currency: booking.price.currency })
  return {
    band: outcome.band,
    refund: money(outcome.refund),
    fee: money(outcome.fee),
    decideBy: (await graceOfStep(db, scope, booking, callable.step, outcome, at)) ?? undefined,
    validUntil: shown.validUntil,
    opens: outcome.opens,
    givesWay: callable.gives
      .filter(({ who }) => isOwn(who, whose))
      .map(({ id, startsAt, endsAt }) => ({ id, start: startsAt, end: endsAt }))
  }
}

/** What calling it off at an instant comes to, by the version that was booked. */
export async function decideCallOff(
  db: Executor,
  scope: PracticeScope,
  booking: Booking,
  { step: { id, who }, policy }: Callable,
  by: By,
  at: DateTime
): Promise<CalledOff> {
  const all = await countedAppointments(db, scope, booking)
  // Whoever pays is told sums by the step before the other's own; the other by the step itself.
  const part = (who === 'second' ? all : partsOf(all))?.find(one => one.id === id)
  if (!part) throw new Error(`The booking ${booking.id} has lost a step`)
  return callOffOf({ ...(await findTerms(db, scope, booking)), policy }, by, part, at)
}

/** Until when staff decide over its share: of a step that only whoever booked takes part in nobody else could have hit. */
export async function graceOfStep(
  db: Executor,
  scope: PracticeScope,
  { id }: Booking,
  { who }: Pick<Callable['step'], 'who'>,
  outcome: CalledOff,
  now: DateTime
): Promise<DateTime | null> {
  return who === 'first' ? null : graceOf(db, scope, id, outcome, now)
}
