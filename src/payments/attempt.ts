import type { DateTime } from 'luxon'
import type { AttemptState } from '../../db/schema/payments.ts'
import type { Money } from '../kernel/money.ts'

/** One Checkout Session that a payer was sent to for one due. */
export interface Attempt {
  id: string
  dueId: string
  bookingId: string
  payerId: string
  number: number
  idempotencyKey: string
  state: AttemptState
  checkoutId: string | null
  paymentId: string | null
  url: string | null
  expiresAt: DateTime
  amount: Money
}

const live: ReadonlySet<AttemptState> = new Set(['created', 'submitted', 'requires_action', 'authorised', 'unknown'])

/** A live attempt may still become a payment: its times must not be freed before Stripe has said that it cannot. */
export function isLive({ state }: Pick<Attempt, 'state'>): boolean {
  return live.has(state)
}

/** Checkout may be paid this long: Stripe's least is 30 minutes (https://docs.stripe.com/api/checkout/sessions/create#expires_at). */
export const checkoutMinutes = 31

/** Without an answer from Stripe a Checkout counts as one that nobody can pay only when it has been over for so long. */
const silenceMinutes = 15

export function isLongOver({ expiresAt }: Pick<Attempt, 'expiresAt'>, now: DateTime): boolean {
  return expiresAt.plus({ minutes: silenceMinutes }) < now
}

/** Times are kept longer than their Checkout can be paid. */
export const holdMinutes = 35
