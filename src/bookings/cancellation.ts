import type { DateTime } from 'luxon'
import type { cancellers } from '../../db/schema/bookings.ts'
import type { CancellationPolicy } from '../catalog/rules.ts'
import type { Money } from '../kernel/money.ts'
import { problem } from '../kernel/problem.ts'
import { bandAt, kept } from '../payments/policy.ts'

export type By = (typeof cancellers)[number]

export const quoteOver = problem('quote-over', 409, 'What a cancellation gives back has changed meanwhile')

/** How long what was shown of a cancellation holds, in minutes. */
export const quoteMinutes = 10

/** Who books when nothing is free of charge any more may still undo it for so many minutes … */
export const undoMinutes = 60
/** … while the start is so many hours away or more. */
export const undoHours = 12

/** For so many hours after a move, the notice of a cancellation counts to the earlier of the old and the new start. */
export const moveHours = 48

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
  /** The start to which the notice counts. */
  start: DateTime
  confirmedAt: DateTime
  /** When it is cancelled, or when its sum was shown while that still holds. */
  at: DateTime
  /** The practice's zone. */
  zone: string
}

/** An appointment charged by itself, its share in minor units. `settled`: it makes up for a late one, and stays kept. */
export interface Part extends Dated {
  price?: number | null | undefined
  who?: string | undefined
  settled?: boolean | undefined
}

/** When an appointment is, and from where it came: what a notice counts from. */
export interface Dated {
  startsAt: DateTime
  movedAt: DateTime | null
  movedFrom: DateTime | null
  state: string
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
}

/** What comes of letting go what was never confirmed. */
export const letGo: Cancellation = { band: 'unpaid', refund: 0, fee: 0 }

/** refund = max(0, paid − keep). Cancelled by the practice, everything comes back. */
export function cancellationOf(cancelling: Cancelling): Cancellation {
  const { by, policy, start, at, zone, parts = [] } = cancelling
  const paid = Math.max(0, cancelling.paid - usedOf(parts, at))
  if (by === 'practice') return { band: 'by-practice', refund: paid, fee: 0 }
  const keep = keepAt(cancelling, at)
  if (keep > 0 && isUndo(cancelling)) return { band: 'undo', refund: paid, fee: 0 }
  const { notice } = bandAt(policy, start, at, zone)
  const refund = Math.max(0, paid - keep)
  return { band: 'hours' in notice ? `${notice.hours}-hours` : `${notice.days}-days`, refund, fee: paid - refund }
}

/**
 * The appointments that are charged by themselves, in their order; undefined where the booking is charged as one. An own
 * step of the other of two counts by the one before it: a sum, or a date on which it changes, would else tell whoever pays
 * when the other comes.
 */
export function partsOf<T extends Part>(appointments: readonly T[]): T[] | undefined {
  if (!isCharged(appointments)) return undefined
  let seen: Dated | undefined
  return appointments.flatMap(part => {
    if (typeof part.price !== 'number') return []
    if (part.who !== 'second') seen = part
    const { startsAt, movedAt, movedFrom, state } = seen ?? part
    return [{ ...part, startsAt, movedAt, movedFrom, state }]
  })
}

function isCharged(appointments: readonly Part[]): boolean {
  return appointments.some(({ price }) => typeof price === 'number')
}

/** Those that can still be called off: of a booking whose appointments belong together all of them, or none. */
export function aheadOf<T extends Part>(appointments: readonly T[], at: DateTime): T[] {
  const planned = appointments.filter(({ state }) => state === 'planned')
  return isCharged(planned) ? planned.filter(({ startsAt }) => startsAt > at) : planned
}

/** What of the price belongs to appointments that have begun, or for which it was kept before. */
function usedOf(parts: readonly Part[], at: DateTime): number {
  const ahead = aheadOf(parts, at)
  return parts.filter(part => !ahead.includes(part)).reduce((sum, { price }) => sum + (price ?? 0), 0)
}

/** What the policy keeps of a cancellation at an instant. */
function keepAt({ policy, price, deposit, start, zone, parts }: Cancelling, at: DateTime): number {
  if (!parts) return kept(bandAt(policy, start, at, zone).keep, price, deposit)
  return aheadOf(parts, at).reduce((sum, part) => {
    const share = { ...price, amount: part.price ?? 0 }
    if (part.settled) return sum + share.amount
    return sum + kept(bandAt(policy, countingStart([part], at) ?? part.startsAt, at, zone).keep, share, share.amount)
  }, 0)
}

/** The start to which the notice of a cancellation at `at` counts: the first that is still planned. */
export function countingStart(appointments: readonly Dated[], at: DateTime): DateTime | undefined {
  const starts = appointments
    .filter(({ state }) => state === 'planned')
    .map(({ startsAt, movedAt, movedFrom }) => {
      const lately = movedAt && movedFrom && at <= movedAt.plus({ hours: moveHours })
      return lately && movedFrom < startsAt ? movedFrom : startsAt
    })
  return starts.sort((one, other) => one.toMillis() - other.toMillis())[0]
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
