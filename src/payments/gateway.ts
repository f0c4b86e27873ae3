import type { DateTime } from 'luxon'
import type { Money } from '../kernel/money.ts'
import { type Problem, problem } from '../kernel/problem.ts'

/** Taking payments, as the house needs it. Stripe answers it, or in the sandbox its simulator. */
export interface PaymentGateway {
  /** Opens a Checkout, or answers the one that an earlier call with the same key opened. */
  openCheckout(order: CheckoutOrder): Promise<Checkout>
  findCheckout(id: string): Promise<Checkout>
  /** The fence: ends a Checkout and answers what was decided: expired, or complete where it was paid meanwhile. */
  expireCheckout(id: string): Promise<Checkout>
  /** Sends so much of a payment back, once for each key. */
  refund(order: { key: string; payment: string; amount: Money; reference: string }): Promise<Refund>
  findRefund(id: string): Promise<Refund>
  /** The refund of a payment that carries our reference, if Stripe has made it. */
  findRefundOf(payment: string, reference: string): Promise<Refund | undefined>
  /** What payers may see of the account itself. */
  readAccount(): Promise<Account>
  /** Reads a webhook's event. @throws GatewayError `bad-signature` for everything that is wrong with it */
  readEvent(body: Buffer, signature: string | string[] | undefined): GatewayEvent
}

export interface CheckoutOrder {
  /** The stored idempotency key: the same for every try of this call. */
  key: string
  /** An opaque reference: the attempt's id, and nothing else of ours but the e-mail address. */
  attempt: string
  amount: Money
  email: string
  expiresAt: DateTime
  returnUrl: string
  cancelUrl: string
  displayName: string
  /** What the card's statement shows after the account's own prefix. */
  statement: string
}

/** The words of an account that stand beside ours. */
export interface Account {
  publicName: string | null
  /** What each card statement begins with. */
  prefix: string | null
  support: readonly string[]
}

export interface Checkout {
  id: string
  url: string | null
  state: 'open' | 'complete' | 'expired'
  paid: boolean
  /** The PaymentIntent's id, once there is one. */
  payment: string | null
  amount: Money
  expiresAt: DateTime
}

export interface Refund {
  id: string
  /** The PaymentIntent that it goes back of. */
  payment: string | null
  /** The id under which we asked for it; null where somebody else did, such as a person at Stripe's own pages. */
  reference: string | null
  state: 'pending' | 'succeeded' | 'failed'
  amount: Money
}

/** A trigger, not a truth: what the event is about is fetched again. */
export interface GatewayEvent {
  id: string
  type: string
  /** Null where what it is about has no id: it is then about nothing of ours. */
  object: string | null
}

const paymentsUnreachable = problem('payments-unreachable', 503, 'The card service does not answer just now')

/** The code of a refusal where Stripe knows no such object: https://docs.stripe.com/error-codes#resource-missing */
export const notKnown = 'resource_missing'

/**
 * `refused`: a definite no, with Stripe's code. `unknown`: no answer, or none that says what happened; ask again with the
 * same key. `bad-signature`: an event that is not Stripe's.
 */
export class GatewayError extends Error {
  readonly kind: 'refused' | 'unknown' | 'bad-signature'
  readonly code: string | undefined
  /** What whoever asked may be told of it. */
  readonly told: Problem | undefined

  constructor(kind: GatewayError['kind'], message: string, code?: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'GatewayError'
    this.kind = kind
    this.code = code
    this.told =
      kind === 'unknown'
        ? paymentsUnreachable('Nothing is lost and nothing is charged twice. Try again in a minute', { retryAfter: 60 })
        : undefined
  }
}
