import type { DateTime } from 'luxon'
import type { CancellationPolicy, Keep } from '../catalog/rules.ts'

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

/** What the practice keeps in a band, in minor units; rounded half up, never more than the price. */
export function kept(keep: Keep, price: number, deposit: number): number {
  if ('fixed' in keep) return Math.min(keep.fixed, price)
  if ('percentOfPrice' in keep) return Math.round((price * keep.percentOfPrice) / 100)
  return Math.round((deposit * keep.percentOfDeposit) / 100)
}
