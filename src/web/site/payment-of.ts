import type { BookingView } from '../../bookings/schema.ts'
import { moneyText } from '../../kernel/money.ts'
import { dayText } from '../../notices/wording.ts'
import type { Shown } from './shown.ts'

/** What a page says of the payments of a booking. */
export function paymentsIn(view: BookingView, zone: string): Pick<Shown, 'payment' | 'instalments' | 'dueNow'> {
  return { payment: paymentOf(view), instalments: instalmentsIn(view, zone), dueNow: dueNowIn(view) }
}

/** How far a booking is paid. */
function paymentOf({ dues, state }: BookingView): Shown['payment'] {
  if (!dues) return undefined
  if (dues.length === 0) return 'nothing'
  if (dues.some(due => due.state === 'processing')) return 'settling'
  if (state === 'held') return 'due'
  if (dues.some(due => due.state === 'scheduled')) return 'nothing'
  return dues.some(due => due.state === 'paid') ? 'paid' : 'nothing'
}

/** Reasons of what is paid in parts. */
const inParts = new Set(['instalment', 'deposit', 'balance'])

/** What is paid in parts, each with its day: only what stands of it. */
function instalmentsIn({ dues = [], state: of }: BookingView, zone: string): string[] {
  return dues
    .filter(({ reason, state }) => inParts.has(reason) && state !== 'void')
    .map(({ amount, dueAt, state }, index) => {
      const later = of === 'requested' && index === 0 ? 'when it is confirmed' : `on ${dayText(dueAt.setZone(zone))}`
      return `${moneyText(amount)} ${state === 'paid' ? 'paid' : state === 'open' ? 'now' : later}`
    })
}

/** What its reader pays on the next page, before they go there. */
function dueNowIn({ dues = [], state: of }: BookingView): string | undefined {
  const due = of === 'held' ? dues.find(({ state }) => state === 'open') : undefined
  return due && moneyText(due.amount)
}
