import { type Bench, seconds } from './stripe-bench.ts'
import { type Payment, type Session, stripeId } from './stripe-state.ts'
import { eventOf, sessionObject } from './stripe-wire.ts'

/** What came of giving a card on the page. */
export type Paid = 'paid' | 'confirm' | 'declined' | 'not a test card' | 'over'

/** The cards of https://docs.stripe.com/testing that are known here. */
export const testCards = [
  { number: '4242 4242 4242 4242', does: 'pays' },
  { number: '4000 0000 0000 0002', does: 'is declined' },
  { number: '4000 0025 0000 3155', does: 'asks to confirm, then pays' }
] as const

/** Tries to pay an open session with a test card. Any other number is neither taken nor kept. */
export async function pay(bench: Bench, session: Session, number: string): Promise<Paid> {
  if (session.status !== 'open') return 'over'
  const digits = number.replaceAll(/\D/g, '')
  const card = testCards.find(card => card.number.replaceAll(' ', '') === digits)
  if (!card) return 'not a test card'
  const last4 = digits.slice(-4)
  if (card.does === 'pays') return succeed(bench, session, last4)
  const isDeclined = card.does === 'is declined'
  const payment: Payment = {
    ...paymentOf(bench, session),
    last4,
    status: isDeclined ? 'requires_payment_method' : 'requires_action',
    decline: isDeclined ? 'generic_decline' : null
  }
  await bench.save({ payments: [payment], sessions: [{ ...session, payment: payment.id }] })
  return isDeclined ? 'declined' : 'confirm'
}

/** What the bank's page decided of a payment that waits for it: https://docs.stripe.com/payments/3d-secure */
export async function confirm(bench: Bench, session: Session, agreed: boolean): Promise<Paid> {
  const payment = paymentOf(bench, session)
  if (session.status !== 'open' || payment.status !== 'requires_action') return 'over'
  if (agreed) return succeed(bench, session, payment.last4)
  await bench.save({
    payments: [{ ...payment, status: 'requires_payment_method', decline: 'authentication_required' }]
  })
  return 'declined'
}

async function succeed(bench: Bench, open: Session, last4: string): Promise<Paid> {
  const payment: Payment = { ...paymentOf(bench, open), last4, status: 'succeeded', decline: null }
  const session: Session = { ...open, status: 'complete', paid: true, payment: payment.id }
  const event = eventOf('checkout.session.completed', sessionObject(session, bench.publicUrl()), seconds(bench))
  await bench.save({ payments: [payment], sessions: [session], events: [event] })
  return 'paid'
}

/** One PaymentIntent a session, however many cards are tried. */
export function paymentOf(bench: Bench, { id, payment, amount, currency }: Session): Payment {
  const known = payment === null ? undefined : bench.store.state.payments.get(payment)
  if (known) return known
  return {
    id: stripeId('pi'),
    session: id,
    status: 'requires_payment_method',
    amount,
    currency,
    last4: '',
    decline: null,
    created: seconds(bench)
  }
}
