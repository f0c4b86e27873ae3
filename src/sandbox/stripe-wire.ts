import { simulatedVersion } from './stripe-requests.ts'
import { type Event, type Payment, type Refund, type Session, stripeId } from './stripe-state.ts'

/** https://docs.stripe.com/api/checkout/sessions/object */
export function sessionObject(session: Session, publicUrl: string) {
  const { id, status, amount, currency, email } = session
  return {
    id,
    object: 'checkout.session',
    allowed_payment_method_types: ['card'],
    amount_subtotal: amount,
    amount_total: amount,
    branding_settings: { display_name: session.displayName },
    cancel_url: session.cancelUrl,
    client_reference_id: session.reference,
    created: session.created,
    currency,
    customer_details: email === null ? null : { email, name: null },
    customer_email: email,
    expires_at: session.expires,
    livemode: false,
    metadata: session.metadata,
    mode: 'payment',
    payment_intent: session.payment,
    payment_status: session.paid ? 'paid' : 'unpaid',
    status,
    success_url: session.successUrl,
    ui_mode: 'hosted_page',
    url: status === 'open' ? `${publicUrl}/pay/${id}` : null,
    wallet_options: { link: { display: 'never' } }
  }
}

/** https://docs.stripe.com/api/payment_intents/object */
export function paymentObject({ id, status, amount, currency, decline, created }: Payment) {
  return {
    id,
    object: 'payment_intent',
    amount,
    amount_received: status === 'succeeded' ? amount : 0,
    capture_method: 'automatic_async',
    created,
    currency,
    last_payment_error:
      decline === null ? null : { type: 'card_error', code: 'card_declined', decline_code: decline, message: declined },
    latest_charge: status === 'succeeded' ? id.replace('pi_', 'ch_') : null,
    livemode: false,
    metadata: {},
    status
  }
}

/** What a card's statement begins with: https://docs.stripe.com/get-started/account/statement-descriptors */
const prefix = 'DEMO'

/** What the payer's bank would show. */
export function onStatement({ statement }: Session): string {
  return (statement === null ? prefix : `${prefix}* ${statement}`).slice(0, 22)
}

/** https://docs.stripe.com/api/accounts/object */
export const account = {
  id: 'acct_sandbox',
  object: 'account',
  business_profile: { name: 'Demo', support_email: null, support_url: null, support_address: null },
  settings: { card_payments: { statement_descriptor_prefix: prefix }, payments: { statement_descriptor: prefix } }
}

/** The sentence of https://docs.stripe.com/declines/codes */
export const declined = 'Your card was declined.'

/** https://docs.stripe.com/api/refunds/object */
export function refundObject(refund: Refund) {
  const { id, payment, status, amount, currency, reason, metadata, created } = refund
  return {
    id,
    object: 'refund',
    amount,
    charge: payment.replace('pi_', 'ch_'),
    created,
    currency,
    ...(status === 'failed' && { failure_reason: 'expired_or_canceled_card' }),
    metadata,
    payment_intent: payment,
    reason,
    status
  }
}

/** https://docs.stripe.com/api/events/object, of a type of https://docs.stripe.com/api/events/types */
export function eventOf(type: string, object: { id: string; object: string }, created: number): Event {
  const id = stripeId('evt')
  const body = JSON.stringify({
    id,
    object: 'event',
    api_version: simulatedVersion,
    created,
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type
  })
  return { id, type, body, created, delivered: false }
}
