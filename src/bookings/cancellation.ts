import type { DateTime } from 'luxon'
import type { cancellers } from '../../db/schema/bookings.ts'
import type { CancellationPolicy } from '../catalog/rules.ts'
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

/** What decides over the money of a cancellation. Amounts in minor units of the booking's currency. */
export interface Cancelling {
  by: By
  policy: CancellationPolicy
  price: number
  deposit: number
  /** What was paid and not yet sent back. */
  paid: number
  /** The start to which the notice counts. */
  start: DateTime
  confirmedAt: DateTime
  /** When it is cancelled, or when its sum was shown while that still holds. */
  at: DateTime
  /** The practice's zone. */
  zone: string
}

/** What comes of it: `refund + fee` is what was paid. The band names the notice that was given, or why it does not count. */
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
  const { by, policy, price, deposit, paid, start, at, zone } = cancelling
  if (by === 'practice') return { band: 'by-practice', refund: paid, fee: 0 }
  const band = bandAt(policy, start, at, zone)
  const keep = kept(band.keep, price, deposit)
  if (keep > 0 && isUndo(cancelling)) return { band: 'undo', refund: paid, fee: 0 }
  const refund = Math.max(0, paid - keep)
  const notice = 'hours' in band.notice ? `${band.notice.hours}-hours` : `${band.notice.days}-days`
  return { band: notice, refund, fee: paid - refund }
}

/** The start to which the notice of a cancellation at `at` counts: the first that is still planned. */
export function countingStart(
  appointments: readonly { startsAt: DateTime; movedAt: DateTime | null; movedFrom: DateTime | null; state: string }[],
  at: DateTime
): DateTime | undefined {
  const starts = appointments
    .filter(({ state }) => state === 'planned')
    .map(({ startsAt, movedAt, movedFrom }) => {
      const lately = movedAt && movedFrom && at <= movedAt.plus({ hours: moveHours })
      return lately && movedFrom < startsAt ? movedFrom : startsAt
    })
  return starts.sort((one, other) => one.toMillis() - other.toMillis())[0]
}

/** Booked when its notice was over already, less than an hour ago, and not too near. */
function isUndo({ policy, start, confirmedAt, at, zone, price, deposit }: Cancelling): boolean {
  return (
    kept(bandAt(policy, start, confirmedAt, zone).keep, price, deposit) > 0 &&
    at <= confirmedAt.plus({ minutes: undoMinutes }) &&
    at <= start.minus({ hours: undoHours })
  )
}
