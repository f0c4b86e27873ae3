import { DateTime } from 'luxon'
import type Stripe from 'stripe'
import { z } from 'zod'
import { type Checkout, type CheckoutOrder, GatewayError, type Refund } from './gateway.ts'

/**
 * One card payment on Stripe's own page. Nothing of ours goes along but an opaque reference, the address, the word
 * "Appointment" and the discreet words that payers see; no receipt is asked for. https://docs.stripe.com/api/checkout/sessions/create
 */
export function checkoutParams(order: CheckoutOrder): Stripe.Checkout.SessionCreateParams {
  const { attempt, amount, email, expiresAt, returnUrl, cancelUrl, displayName, statement } = order
  return {
    mode: 'payment',
    ui_mode: 'hosted_page',
    allowed_payment_method_types: ['card'],
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: amount.currency.toLowerCase(),
          unit_amount: amount.amount,
          product_data: { name: 'Appointment' }
        }
      }
    ],
    payment_intent_data: { statement_descriptor_suffix: statement },
    client_reference_id: attempt,
    metadata: { attempt },
    customer_email: email,
    expires_at: Math.floor(expiresAt.toSeconds()),
    wallet_options: { link: { display: 'never' } },
    branding_settings: { display_name: displayName },
    success_url: returnUrl,
    cancel_url: cancelUrl
  }
}

const Amount = z.object({ amount: z.int(), currency: z.string().length(3).toUpperCase() })

/** https://docs.stripe.com/api/checkout/sessions/object */
const Session = z.object({
  object: z.literal('checkout.session'),
  id: z.string().min(1),
  url: z.string().nullish(),
  status: z.enum(['open', 'complete', 'expired']),
  payment_status: z.string(),
  payment_intent: z.union([z.string(), z.object({ id: z.string() })]).nullish(),
  amount_total: z.int(),
  currency: z.string(),
  expires_at: z.int()
})

export function checkoutFrom(answer: unknown): Checkout {
  const session = read(Session, answer)
  const { payment_intent: payment } = session
  return {
    id: session.id,
    url: session.url ?? null,
    state: session.status,
    paid: session.payment_status === 'paid',
    payment: typeof payment === 'string' ? payment : (payment?.id ?? null),
    amount: read(Amount, { amount: session.amount_total, currency: session.currency }),
    expiresAt: DateTime.fromSeconds(session.expires_at, { zone: 'utc' })
  }
}

/** https://docs.stripe.com/api/refunds/object */
const RefundObject = z.object({
  object: z.literal('refund'),
  id: z.string().min(1),
  amount: z.int(),
  currency: z.string(),
  status: z.enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']),
  payment_intent: z.union([z.string(), z.object({ id: z.string() })]).nullish(),
  metadata: z.record(z.string(), z.string()).nullish()
})

export function refundFrom(answer: unknown): Refund {
  const { id, status, amount, currency, payment_intent: of, metadata } = read(RefundObject, answer)
  const state = status === 'requires_action' ? 'pending' : status === 'canceled' ? 'failed' : status
  const payment = typeof of === 'string' ? of : (of?.id ?? null)
  return { id, state, payment, reference: metadata?.reference ?? null, amount: read(Amount, { amount, currency }) }
}

/** @throws GatewayError `unknown` where the answer is not what was asked for */
function read<S extends z.ZodType>(schema: S, answer: unknown): z.output<S> {
  const parsed = schema.safeParse(answer)
  if (!parsed.success)
    throw new GatewayError('unknown', `Stripe answered something else: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
