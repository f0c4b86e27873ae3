import { randomBytes } from 'node:crypto'
import { z } from 'zod'

/** Instants are unix seconds and currencies small letters, as Stripe writes both. */
const Session = z.object({
  id: z.string(),
  status: z.enum(['open', 'complete', 'expired']),
  paid: z.boolean(),
  payment: z.string().nullable(),
  amount: z.int(),
  currency: z.string(),
  product: z.string(),
  reference: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
  email: z.string().nullable(),
  displayName: z.string().nullable(),
  /** What the card's statement shows after the account's prefix; null in what earlier versions kept. */
  statement: z.string().nullable().default(null),
  successUrl: z.string(),
  cancelUrl: z.string().nullable(),
  created: z.int(),
  expires: z.int()
})

const Payment = z.object({
  id: z.string(),
  session: z.string(),
  status: z.enum(['requires_payment_method', 'requires_action', 'succeeded', 'canceled']),
  amount: z.int(),
  currency: z.string(),
  last4: z.string(),
  /** What the payer was told of the last try. */
  decline: z.string().nullable(),
  created: z.int()
})

const Refund = z.object({
  id: z.string(),
  payment: z.string(),
  status: z.enum(['pending', 'succeeded', 'failed']),
  amount: z.int(),
  currency: z.string(),
  reason: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
  created: z.int()
})

/** The answer that a key of https://docs.stripe.com/api/idempotent_requests gives again; its id is the key. */
const Replay = z.object({ id: z.string(), request: z.string(), status: z.int(), body: z.string(), created: z.int() })

const Event = z.object({ id: z.string(), type: z.string(), body: z.string(), created: z.int(), delivered: z.boolean() })

export type Session = z.output<typeof Session>
export type Payment = z.output<typeof Payment>
export type Refund = z.output<typeof Refund>
export type Replay = z.output<typeof Replay>
export type Event = z.output<typeof Event>

/** What becomes true together: the rows in their new form. */
export const Changes = z.object({
  sessions: z.array(Session).optional(),
  payments: z.array(Payment).optional(),
  refunds: z.array(Refund).optional(),
  replays: z.array(Replay).optional(),
  events: z.array(Event).optional()
})
export type Changes = z.output<typeof Changes>

export interface State {
  sessions: Map<string, Session>
  payments: Map<string, Payment>
  refunds: Map<string, Refund>
  replays: Map<string, Replay>
  events: Map<string, Event>
}

export function emptyState(): State {
  return { sessions: new Map(), payments: new Map(), refunds: new Map(), replays: new Map(), events: new Map() }
}

export function apply(state: State, changes: Changes): void {
  for (const row of changes.sessions ?? []) state.sessions.set(row.id, row)
  for (const row of changes.payments ?? []) state.payments.set(row.id, row)
  for (const row of changes.refunds ?? []) state.refunds.set(row.id, row)
  for (const row of changes.replays ?? []) state.replays.set(row.id, row)
  for (const row of changes.events ?? []) state.events.set(row.id, row)
}

/** All that must outlive a restart: what was delivered is done with. */
export function snapshot(state: State): Changes {
  return {
    sessions: [...state.sessions.values()],
    payments: [...state.payments.values()],
    refunds: [...state.refunds.values()],
    replays: [...state.replays.values()],
    events: [...state.events.values()].filter(({ delivered }) => !delivered)
  }
}

/** An id as Stripe's look: `cs_test_…`, `pi_…`. */
export function stripeId(prefix: string): string {
  return `${prefix}_${randomBytes(18).toString('base64url').replaceAll(/[-_]/g, 'x')}`
}
