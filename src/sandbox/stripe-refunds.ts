import { moneyText } from '../kernel/money.ts'
import { type Bench, seconds } from './stripe-bench.ts'
import type { Form } from './stripe-form.ts'
import { missing, mustBePayable, notNow } from './stripe-refusal.ts'
import { check, ListParams, NoParams, RefundParams } from './stripe-requests.ts'
import type { Outcome } from './stripe-sessions.ts'
import { type Payment, type Refund, stripeId } from './stripe-state.ts'
import { eventOf, paymentObject, refundObject } from './stripe-wire.ts'

/** https://docs.stripe.com/api/payment_intents/retrieve */
export function retrievePayment(bench: Bench, form: Form, id: string): Outcome {
  check(NoParams, form)
  return { object: paymentObject(findPayment(bench, id, 'intent')), changes: {} }
}

/** https://docs.stripe.com/api/refunds/create */
export function createRefund(bench: Bench, form: Form): Outcome {
  const params = check(RefundParams, form)
  const payment = findPayment(bench, params.payment_intent, 'payment_intent')
  if (payment.status !== 'succeeded')
    throw notNow(`This PaymentIntent (${payment.id}) does not have a successful charge to refund.`, 'payment_intent')
  const left = payment.amount - refundedOf(bench, payment)
  if (left === 0)
    throw notNow(
      `Charge ${payment.id.replace('pi_', 'ch_')} has already been refunded.`,
      undefined,
      'charge_already_refunded'
    )
  const amount = params.amount ?? left
  mustBePayable(amount, payment.currency)
  const currency = payment.currency.toUpperCase()
  if (amount > left)
    throw notNow(
      `Refund amount (${moneyText({ amount, currency })}) is greater than unrefunded amount on charge (${moneyText({ amount: left, currency })})`,
      'amount'
    )
  const refund: Refund = {
    id: stripeId('re'),
    payment: payment.id,
    status: bench.faults.refunds === 'succeeded' ? 'succeeded' : 'pending',
    amount,
    currency: payment.currency,
    reason: params.reason ?? null,
    metadata: params.metadata,
    created: seconds(bench)
  }
  const object = refundObject(refund)
  const event = eventOf('refund.created', object, refund.created)
  if (bench.faults.refunds !== 'failed') return { object, changes: { refunds: [refund], events: [event] } }
  const failed = decided(bench, refund, 'failed')
  return { object, changes: { ...failed, events: [event, ...failed.events] } }
}

/** https://docs.stripe.com/api/refunds/retrieve */
export function retrieveRefund({ store }: Bench, form: Form, id: string): Outcome {
  check(NoParams, form)
  const refund = store.state.refunds.get(id)
  if (!refund) throw missing('refund', id, 'refund')
  return { object: refundObject(refund), changes: {} }
}

/** https://docs.stripe.com/api/refunds/list, of one payment and without pages: nobody here makes a hundred of them. */
export function listRefunds({ store }: Bench, form: Form): Outcome {
  const { payment_intent: payment } = check(ListParams, form)
  const data = [...store.state.refunds.values()].filter(refund => refund.payment === payment).reverse()
  const object = { object: 'list', url: '/v1/refunds', has_more: false, data: data.map(refundObject) }
  return { object, changes: {} }
}

/** What the payer's bank decided of a pending refund: https://docs.stripe.com/refunds#failed-refunds */
export function decided(bench: Bench, pending: Refund, status: 'succeeded' | 'failed') {
  const refund: Refund = { ...pending, status }
  const types = status === 'failed' ? ['refund.updated', 'refund.failed'] : ['refund.updated']
  return { refunds: [refund], events: types.map(type => eventOf(type, refundObject(refund), seconds(bench))) }
}

/** Minor units that have gone back, or are on their way. */
export function refundedOf({ store }: Pick<Bench, 'store'>, { id }: Pick<Payment, 'id'>): number {
  return [...store.state.refunds.values()]
    .filter(({ payment, status }) => payment === id && status !== 'failed')
    .reduce((sum, { amount }) => sum + amount, 0)
}

function findPayment({ store }: Bench, id: string, param: string): Payment {
  const payment = store.state.payments.get(id)
  if (!payment) throw missing('payment_intent', id, param)
  return payment
}
