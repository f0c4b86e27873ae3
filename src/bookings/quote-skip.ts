import type { DateTime } from 'luxon'
import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Money } from '../kernel/money.ts'
import type { Booking } from './booking.ts'
import { type By, quoteMinutes } from './cancellation.ts'
import { findQuote, keepQuote } from './cancellation-store.ts'
import { graceOf } from './fee-grace.ts'
import { findMoving, type Movable } from './list-moves.ts'
import { aheadOf, countingStart, partsOf } from './parts.ts'
import { countedAppointments } from './paused.ts'
import { byOf, findTerms, mustBeAhead } from './quote-cancellation.ts'
import { countFreeSkips, findSkip } from './skip-store.ts'
import { notSkippable, type Skipped, skipOf, yearOf } from './skipping.ts'

type Appointment = Movable['moved'][number]

/** What letting one appointment fall comes to, in exact sums, and how many more are free in its year. */
export interface SkipQuote {
  band: string
  refund: Money
  fee: Money
  decideBy: DateTime | undefined
  validUntil: DateTime
  /** How many of the year are free before this one, and how many there are. */
  freeLeft: number
  free: number
}

/**
 * What it would mean to let an appointment fall now; what was shown holds for ten minutes.
 * @throws wrong-state where it is not confirmed and ahead; not-skippable
 */
export async function quoteSkip(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking,
  appointmentId: string,
  by = byOf(actor)
): Promise<SkipQuote> {
  const { db, now } = deps
  const at = now()
  await skippable(db, scope, booking, appointmentId, at)
  const shown = await keepQuote(
    db,
    scope,
    booking.id,
    readerOf(actor, appointmentId),
    at,
    at.plus({ minutes: quoteMinutes })
  )
  const { outcome, used, free } = await decideSkip(db, scope, booking, appointmentId, by, shown.quotedAt)
  const money = (amount: number): Money => ({ amount, currency: booking.price.currency })
  return {
    band: outcome.band,
    refund: money(outcome.refund),
    fee: money(outcome.fee),
    decideBy: (await graceOf(db, scope, booking.id, outcome, at)) ?? undefined,
    validUntil: shown.validUntil,
    freeLeft: Math.max(0, free - used),
    free
  }
}

/** The instant to which it counts: when its sum was shown, while that holds; else now. */
export async function skipCountedAt(
  { now }: Deps,
  db: Executor,
  scope: PracticeScope,
  actor: Actor,
  booking: string,
  appointment: string
) {
  const quote = await findQuote(db, scope, booking, readerOf(actor, appointment))
  return quote && quote.validUntil > now() ? quote.quotedAt : now()
}

/** What letting it fall at an instant comes to, by the version that was booked and what is paid. */
export async function decideSkip(
  db: Executor,
  scope: PracticeScope,
  booking: Booking,
  appointmentId: string,
  by: By,
  at: DateTime
): Promise<{ outcome: Skipped; used: number; free: number }> {
  const { zone } = scope.practice
  const all = await countedAppointments(db, scope, booking)
  const appointment = all.find(({ id }) => id === appointmentId)
  const { type } = await findMoving(db, scope, booking, appointmentId)
  const { skips } = type.rules
  if (!appointment || !skips) throw notSkippable('These times belong together: change or cancel all of them')
  const terms = await findTerms(db, scope, booking)
  const start = countingStart([appointment], at) ?? appointment.startsAt
  const used = await countFreeSkips(db, scope, booking.clientId, yearOf(appointment.startsAt, zone))
  const share = { ...booking.price, amount: appointment.price ?? 0 }
  const paid = Math.min(share.amount, leftFor(all, terms.paid, at))
  const { policy } = terms
  return { outcome: skipOf({ by, policy, skips, share, paid, start, at, zone, used }), used, free: skips.free }
}

/** @throws wrong-state, not-skippable */
export async function skippable(
  db: Executor,
  scope: PracticeScope,
  booking: Booking,
  appointmentId: string,
  now: DateTime
): Promise<Appointment> {
  const { type, moved } = await findMoving(db, scope, booking, appointmentId)
  const appointment = moved.find(({ id }) => id === appointmentId)
  mustBeAhead(booking, appointment?.state === 'planned' ? appointment.startsAt : undefined, now)
  if (!appointment || !type.plan.apart || !type.rules.skips || appointment.price === null)
    throw notSkippable('These times belong together: change or cancel all of them')
  if (await findSkip(db, scope, appointmentId))
    throw notSkippable('It makes up for one that was let fall: change its time, or write to the practice')
  return appointment
}

/** What of what is paid and not sent back is for appointments that are still ahead. */
export function leftFor(all: readonly Appointment[], paid: number, at: DateTime): number {
  const parts = partsOf(all) ?? []
  const ahead = aheadOf(parts, at)
  const used = parts.filter(part => !ahead.includes(part)).reduce((sum, { price }) => sum + (price ?? 0), 0)
  return Math.max(0, paid - used)
}

/** A quote of one appointment is kept beside that of its booking, under its own name. */
export function readerOf(actor: Actor, appointmentId: string): string {
  return `${actorName(actor)} ${appointmentId}`
}
