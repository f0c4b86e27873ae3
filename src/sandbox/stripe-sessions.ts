import { exponent } from '../kernel/money.ts'
import { type Bench, ended, seconds } from './stripe-bench.ts'
import type { Form } from './stripe-form.ts'
import { invalid, missing, mustBePayable, notNow } from './stripe-refusal.ts'
import { check, NoParams, SessionParams } from './stripe-requests.ts'
import { type Changes, type Session, stripeId } from './stripe-state.ts'
import { sessionObject } from './stripe-wire.ts'

/** What a call answers, and what it makes true. */
export interface Outcome {
  object: { object: string }
  changes: Changes
}

/** Seconds that a session may be open, from its making: https://docs.stripe.com/api/checkout/sessions/create#expires_at */
const least = 30 * 60
const most = 24 * 60 * 60

/** https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const smallest: Readonly<Record<string, number>> = { usd: 50, eur: 50, gbp: 30, jpy: 50 }

/** https://docs.stripe.com/api/checkout/sessions/create */
export function createSession(bench: Bench, form: Form): Outcome {
  const params = check(SessionParams, form)
  const created = seconds(bench)
  const expires = params.expires_at ?? created + most
  if (expires < created + least || expires > created + most)
    throw invalid(
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
      'expires_at'
    )
  const [item] = params.line_items
  if (!item) throw new TypeError('A session without a line item passed its check')
  const { currency, unit_amount: amount, product_data: product } = item.price_data
  mustBePayable(amount, currency)
  const minimum = smallest[currency] ?? 1
  if (amount < minimum)
    throw invalid(
      `The Checkout Session's total amount due must add up to at least ${minimum / 10 ** exponent(currency.toUpperCase())} ${currency}`,
      undefined,
      'amount_too_small'
    )
  const session: Session = {
    id: stripeId('cs_test'),
    status: 'open',
    paid: false,
    payment: null,
    amount,
    currency,
    product: product.name,
    reference: params.client_reference_id ?? null,
    metadata: params.metadata,
    email: params.customer_email ?? null,
    displayName: params.branding_settings?.display_name ?? null,
    statement: params.payment_intent_data?.statement_descriptor_suffix ?? null,
    successUrl: params.success_url,
    cancelUrl: params.cancel_url ?? null,
    created,
    expires
  }
  return { object: sessionObject(session, bench.publicUrl()), changes: { sessions: [session] } }
}

/** https://docs.stripe.com/api/checkout/sessions/retrieve */
export function retrieveSession(bench: Bench, form: Form, id: string): Outcome {
  check(NoParams, form)
  return { object: sessionObject(find(bench, id), bench.publicUrl()), changes: {} }
}

/** https://docs.stripe.com/api/checkout/sessions/expire */
export function expireSession(bench: Bench, form: Form, id: string): Outcome {
  check(NoParams, form)
  const open = find(bench, id)
  if (open.status !== 'open')
    throw notNow(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${open.status}.`
    )
  const { session, event } = ended(bench, open)
  return { object: sessionObject(session, bench.publicUrl()), changes: { sessions: [session], events: [event] } }
}

function find({ store }: Bench, id: string): Session {
  const session = store.state.sessions.get(id)
  if (!session) throw missing('checkout.session', id, 'session')
  return session
}
