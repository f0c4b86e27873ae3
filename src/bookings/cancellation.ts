import type { DateTime } from 'luxon'
import type { cancellers } from '../../db/schema/cancellations.ts'
import type { CancellationPolicy } from '../catalog/rules.ts'
import type { Money } from '../kernel/money.ts'
import { problem } from '../kernel/problem.ts'
import { bandAt, kept } from '../payments/policy.ts'
import { aheadOf, countingStart, isCharged, type Part } from './parts.ts'

export type By = (typeof cancellers)[number]

export const quoteOver = problem('quote-over', 409, 'What a cancellation gives back has changed meanwhile')

/** How long what was shown of a cancellation holds, in minutes. */
export const quoteMinutes = 10

/** Who books when nothing is free of charge any more may still undo it for so many minutes … */
export const undoMinutes = 60
/** … while the start is so many hours away or more. */
export const undoHours = 12

/** What decides over the money of a cancellation. Amounts in minor units of the price's currency. */
export interface Cancelling {
  by: By
  policy: CancellationPolicy
  price: Money
  deposit: number
  /** What was paid and not yet sent back. */
  paid: number
  /** The appointments, where they are charged one by one: each has a band of its own. */
  parts?: readonly Part[] | undefined
  /** What of the price is for steps beside what belongs together that have no time yet. */
  waiting?: number
  /** The start to which the notice counts. */
  start: DateTime
  confirmedAt: DateTime
  /** When it is cancelled, or when its sum was shown while that still holds. */
  at: DateTime
  /** The practice's zone. */
  zone: string
}

/**
 * What comes of it: `refund + fee` is what was paid, without what has taken place already. The band names the notice that
 * was given, or why it does not count.
 */
export interface Cancellation {
  band: string
  refund: number
  fee: number
  /** Until when staff say whether the fee is kept, where that is theirs to say. */
  decideBy?: DateTime | null
  /** What is still to be paid for what took place, where instalments were to come. */
  owed?: number
}

/** What comes of letting go what was never confirmed. */
export const letGo: Cancellation = { band: 'unpaid', refund: 0, fee: 0 }

/** refund = max(0, paid − keep). Cancelled by the practice, everything comes back that was not delivered. */
export function cancellationOf(cancelling: Cancelling): Cancellation {
  const { by, policy, start, at, zone } = cancelling
  const used = usedOf(cancelling, at)
  const paid = Math.max(0, cancelling.paid - used)
  const owed = used > cancelling.paid ? { owed: used - cancelling.paid } : {}
  if (by === 'practice') return { band: 'by-practice', refund: paid, fee: 0, ...owed }
  const keep = keepAt(cancelling, at)
  if (keep > 0 && isUndo(cancelling)) return { band: 'undo', refund: paid, fee: 0, ...owed }
  const { notice } = bandAt(policy, start, at, zone)
  const refund = Math.max(0, paid - keep)
  const band = 'hours' in notice ? `${notice.hours}-hours` : `${notice.days}-days`
  return { band, refund, fee: paid - refund, ...owed }
}

/** What of the price belongs to appointments that have begun, or for which it was kept before. */
function usedOf(
  { price, parts = [], waiting = 0 }: Pick<Cancelling, 'price' | 'parts' | 'waiting'>,
  at: DateTime
): number {
  const ahead = aheadOf(parts, at)
  const sum = (those: readonly Part[]) => those.reduce((sum, { price }) => sum + (price ?? 0), 0)
  // A series without an end comes to more than the price of its first weeks.
  if (parts.every(isCharged)) return sum(parts.filter(part => !ahead.includes(part)))
  // What belongs together has no prices of its own: it is what the steps leave of the whole, also where that was given for
  // less than its steps cost elsewhere.
  const used = ahead.every(isCharged)
    ? price.amount - sum(ahead) - waiting
    : sum(parts.filter(part => !ahead.includes(part)))
  return Math.min(Math.max(0, used), price.amount)
}

/** What the policy keeps of a cancellation at an instant. */
function keepAt(cancelling: Cancelling, at: DateTime): number {
  const { policy, price, deposit, start, zone, parts } = cancelling
  if (!parts) return kept(bandAt(policy, start, at, zone).keep, price, deposit)
  if (!aheadOf(parts, at).every(isCharged)) {
    const left = { ...price, amount: price.amount - usedOf(cancelling, at) }
    const share = price.amount === 0 ? 0 : Math.round((deposit * left.amount) / price.amount)
    return kept(bandAt(policy, start, at, zone).keep, left, share)
  }
  return aheadOf(parts, at).reduce((sum, part) => {
    const share = { ...price, amount: part.price ?? 0 }
    if (part.settled) return sum + share.amount
    return sum + kept(bandAt(policy, countingStart([part], at) ?? part.startsAt, at, zone).keep, share, share.amount)
  }, 0)
}

/** Booked when its notice was over already, less than an hour ago, and not too near. */
function isUndo(cancelling: Cancelling): boolean {
  const { start, confirmedAt, at } = cancelling
  return (
    keepAt(cancelling, confirmedAt) > 0 &&
    at <= confirmedAt.plus({ minutes: undoMinutes }) &&
    at <= start.minus({ hours: undoHours })
  )
}
