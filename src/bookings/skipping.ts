import { DateTime } from 'luxon'
import type { CancellationPolicy, Rules } from '../catalog/rules.ts'
import type { Money } from '../kernel/money.ts'
import { problem } from '../kernel/problem.ts'
import { bandAt, kept } from '../payments/policy.ts'
import type { By, Cancellation } from './cancellation.ts'

export const notSkippable = problem('not-skippable', 409, 'This appointment cannot be let fall by itself')

/** What decides over the money of one appointment that is let fall. Amounts in minor units of the price's currency. */
export interface Skipping {
  by: By
  policy: CancellationPolicy
  skips: NonNullable<Rules['skips']>
  /** Its share of the price, and what of that was paid. */
  share: Money
  paid: number
  /** The start to which the notice counts, and when it is let fall. */
  start: DateTime
  at: DateTime
  /** The practice's zone. */
  zone: string
  /** How many were let fall for free in the same calendar year before. */
  used: number
}

/** What comes of it, and whether it counts among the free ones of the year. */
export interface Skipped extends Cancellation {
  counted: boolean
}

/**
 * In time, and while there are free ones, all of its share goes back. Beyond them the policy keeps what it keeps without any
 * notice. What the practice lets fall costs nothing and counts for nobody.
 */
export function skipOf({ by, policy, skips, share, paid, start, at, zone, used }: Skipping): Skipped {
  if (by === 'practice') return { band: 'by-practice', refund: paid, fee: 0, counted: false }
  const beyond = used >= skips.free
  const band = beyond ? policy.bands.at(-1) : bandAt(policy, start, at, zone)
  if (!band) throw new TypeError('A policy has at least one band')
  const fee = Math.min(paid, kept(band.keep, share, share.amount))
  const { notice } = band
  const name = 'hours' in notice ? `${notice.hours}-hours` : `${notice.days}-days`
  return { band: beyond ? 'beyond-free' : name, refund: paid - fee, fee, counted: fee === 0 && !beyond }
}

/** The calendar year of the practice in which a start lies: [from, to). */
export function yearOf(start: DateTime, zone: string): { from: DateTime; to: DateTime } {
  const from = start.setZone(zone).startOf('year')
  return { from: from.toUTC(), to: from.plus({ years: 1 }).toUTC() }
}

/** Until when an appointment of which something was kept can be made up for: so many local days after its own start. */
export function makeUpBy(startsAt: DateTime, { makeUpDays }: NonNullable<Rules['skips']>, zone: string): DateTime {
  return DateTime.max(startsAt.setZone(zone).plus({ days: makeUpDays }).endOf('day').toUTC(), startsAt)
}

/** Whether staff still say whether something is kept: what was made up for took place for its fee. */
export function isUndecided({ decideBy, decision, madeUpAt }: Decidable): boolean {
  return decideBy !== null && decision === null && madeUpAt === null
}

interface Decidable {
  decideBy: DateTime | null
  decision: string | null
  madeUpAt: DateTime | null
}
