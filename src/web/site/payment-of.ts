import type { BookingView } from '../../bookings/schema.ts'
import { moneyText } from '../../kernel/money.ts'
import { dayText } from '../../notices/wording.ts'
import type { Shown } from './shown.ts'

/** How far a booking is paid. */
export function paymentOf({ dues, state }: BookingView): Shown['payment'] {
  if (!dues) return undefined
  if (dues.length === 0) return 'nothing'
  if (dues.some(due => due.state === 'processing')) return 'settling'
  if (state === 'held') return 'due'
  if (dues.some(due => due.state === 'scheduled')) return 'nothing'
  return dues.some(due => due.state === 'paid') ? 'paid' : 'nothing'
}

/** What is paid in instalments, each with its day: only what stands of it. */
export function instalmentsIn({ dues = [] }: BookingView, zone: string): string[] {
  return dues
    .filter(({ reason, state }) => reason === 'instalment' && state !== 'void')
    .map(({ amount, dueAt, state }) => {
      const when = state === 'paid' ? 'paid' : `on ${dayText(dueAt.setZone(zone))}`
      return `${moneyText(amount)} ${when}`
    })
}
