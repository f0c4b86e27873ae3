import type { DateTime } from 'luxon'
import type { CancellationPolicy, Keep } from '../catalog/rules.ts'
import { type Money, percentOf } from '../kernel/money.ts'

type Band = CancellationPolicy['bands'][number]

/** A band of the policy for one appointment: whoever cancels at `until` or before leaves the practice `keep`. */
export interface BandEnd {
  band: Band
  /** The last instant at which the band holds. */
  until: DateTime
}

/**
 * When each band ends for a start: hours are real hours, days are days of the practice's calendar, so that a band of
 * 30 days ends at the same local hour 30 days before.
 */
export function bandEnds({ bands }: CancellationPolicy, start: DateTime, zone: string): BandEnd[] {
  return bands.map(band => ({
    band,
    until:
      'hours' in band.notice
        ? start.minus({ hours: band.notice.hours })
        : start.setZone(zone).minus({ days: band.notice.days }).toUTC()
  }))
}

/** The band in which a cancellation falls; on a boundary the client gets the better one. */
export function bandAt(policy: CancellationPolicy, start: DateTime, cancelledAt: DateTime, zone: string): Band {
  const ends = bandEnds(policy, start, zone)
  const band = ends.find(({ until }) => cancelledAt <= until)?.band ?? policy.bands.at(-1)
  if (!band) throw new TypeError('A policy has at least one band')
  return band
}

/** What the practice keeps in a band, in minor units; rounded half up to what a card can pay, never more than the price. */
export function kept(keep: Keep, price: Money, deposit: number): number {
  if ('fixed' in keep) return Math.min(keep.fixed, price.amount)
  if ('percentOfPrice' in keep) return percentOf(price, keep.percentOfPrice)
  return percentOf({ ...price, amount: deposit }, keep.percentOfDeposit)
}

/** What can still be sent back of one payment, in minor units. */
export interface Refundable {
  id: string
  left: number
}

/**
 * Shares a refund among the payments pro rata to what is left of each, exact to the last minor unit: the largest
 * remainders get the units that are over, the earlier payment first.
 * @param step the least sum that a card can get back; refund and payments are multiples of it, and so is every share
 * @throws RangeError where more would go back than is left
 */
export function allocate(
  refund: number,
  payments: readonly Refundable[],
  step: number
): { id: string; amount: number }[] {
  const total = payments.reduce((sum, { left }) => sum + left, 0)
  if (refund > total) throw new RangeError('More would go back than was paid')
  if (refund <= 0) return []
  // Integers throughout: a quotient of two sums of money is not exact in floating point.
  const shares = payments.map(({ id, left }, order) => {
    const exact = BigInt(refund) * BigInt(left)
    const unit = BigInt(total) * BigInt(step)
    return { id, order, amount: Number(exact / unit) * step, remainder: exact % unit }
  })
  let over = refund - shares.reduce((sum, { amount }) => sum + amount, 0)
  const byRemainder = [...shares].sort((one, other) =>
    one.remainder === other.remainder ? one.order - other.order : one.remainder < other.remainder ? 1 : -1
  )
  for (const share of byRemainder) {
    if (over === 0) break
    share.amount += step
    over -= step
  }
  return shares.filter(({ amount }) => amount > 0).map(({ id, amount }) => ({ id, amount }))
}
