import { DateTime } from 'luxon'
import type { readChanges } from '../../bookings/read-changes.ts'
import type { BookingView } from '../../bookings/schema.ts'
import { moneyText } from '../../kernel/money.ts'
import type { Shown } from './shown.ts'

/** The steps that have no time, and in which days they can get one. */
export function openStepsIn({ appointments }: Pick<BookingView, 'appointments'>, now: DateTime): Shown['openSteps'] {
  return appointments.flatMap(one =>
    'open' in one
      ? [{ step: one.step, from: DateTime.max(one.open.from, now), to: one.open.to, waits: one.waits === true }]
      : []
  )
}

/** What came of its cancellation; sums for whoever reads the price. */
export function cancelledIn(
  { price }: Pick<BookingView, 'price'>,
  changes: Awaited<ReturnType<typeof readChanges>> | undefined
): Shown['cancelled'] {
  const { by, own, decideBy, refund, fee } = changes?.cancellation ?? {}
  if (!by || own === undefined || !refund || !fee) return undefined
  return {
    by,
    own,
    decideBy: decideBy ?? undefined,
    refund: price && refund.amount ? moneyText(refund) : undefined,
    fee: price && fee.amount ? moneyText(fee) : undefined
  }
}

/** Of the other's own step that there is one. */
export const othersText = 'And a conversation just for the other of you: they choose its time, and nobody else sees it.'
