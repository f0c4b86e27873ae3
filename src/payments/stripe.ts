import Stripe from 'stripe'
import { GatewayError, type PaymentGateway } from './gateway.ts'
import { accountFrom } from './stripe-account.ts'
import { ask } from './stripe-ask.ts'
import { clientAt } from './stripe-client.ts'
import { readEvent } from './stripe-event.ts'
import { checkoutFrom, checkoutParams, refundFrom } from './stripe-objects.ts'

export interface StripeSettings {
  secretKey: string
  /** Every secret that an event may be signed with: the old and the new one while they are changed. */
  webhookSecrets: readonly string[]
  /** Where the API is instead of Stripe's own address; may have a path, such as `http://127.0.0.1:3000/sandbox/stripe`. */
  apiBase?: string | undefined
  /** Milliseconds that one try may take. */
  timeout?: number | undefined
  /** Tries that the library adds by itself, with the same idempotency key. */
  retries?: number | undefined
}

/** Written out, so that an upgrade of the library does not change it unseen: https://docs.stripe.com/api/versioning */
const apiVersion = '2026-10-28.endive'

/** Payments by Stripe. Every call that changes something carries a key of its own: https://docs.stripe.com/api/idempotent_requests */
export function stripeGateway({
  secretKey,
  webhookSecrets,
  apiBase,
  timeout = 8000,
  retries = 1
}: StripeSettings): PaymentGateway {
  const stripe = new Stripe(secretKey.trim(), {
    apiVersion,
    timeout,
    maxNetworkRetries: retries,
    telemetry: false,
    ...(apiBase && { httpClient: clientAt(apiBase) })
  })
  const { sessions } = stripe.checkout

  const findCheckout = async (id: string) => checkoutFrom(await ask(() => sessions.retrieve(id)))

  return {
    findCheckout,

    async openCheckout(order) {
      return checkoutFrom(await ask(() => sessions.create(checkoutParams(order), { idempotencyKey: order.key })))
    },

    // Stripe refuses to expire what is paid or over (https://docs.stripe.com/api/checkout/sessions/expire): whatever came
    // of the call, the session's own state decides.
    async expireCheckout(id) {
      try {
        return checkoutFrom(await ask(() => sessions.expire(id, {}, { idempotencyKey: `expire:${id}` })))
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error
        const checkout = await findCheckout(id)
        if (checkout.state === 'open') throw error
        return checkout
      }
    },

    async refund({ key, payment, amount, reference }) {
      const params = { payment_intent: payment, amount: amount.amount, metadata: { reference } }
      return refundFrom(await ask(() => stripe.refunds.create(params, { idempotencyKey: key })))
    },

    async findRefund(id) {
      return refundFrom(await ask(() => stripe.refunds.retrieve(id)))
    },

    // A payment is refunded in a handful of parts at most: https://docs.stripe.com/api/refunds/list
    async findRefundOf(payment, reference) {
      const list = await ask(() => stripe.refunds.list({ payment_intent: payment, limit: 100 }))
      const made = list.data.find(({ metadata }) => metadata?.reference === reference)
      return made && refundFrom(made)
    },

    async readAccount() {
      return accountFrom(await ask(() => stripe.accounts.retrieveCurrent()))
    },

    readEvent: (body, signature) => readEvent(stripe.webhooks, webhookSecrets, body, signature)
  }
}
