import type { DateTime } from 'luxon'
import type { FaultState } from './stripe-faults.ts'
import type { Changes, Session } from './stripe-state.ts'
import type { StripeStore } from './stripe-store.ts'
import { eventOf, sessionObject } from './stripe-wire.ts'

/** What every part of the simulator works with. */
export interface Bench {
  store: StripeStore
  faults: FaultState
  now(): DateTime
  /** Where its pages are reached, prefix included, without a slash at the end. */
  publicUrl(): string
  /** Makes the changes for good, then sends the events among them. */
  save(changes: Changes): Promise<void>
}

/** The clock in unix seconds, as Stripe writes instants. */
export function seconds({ now }: Pick<Bench, 'now'>): number {
  return Math.floor(now().toSeconds())
}

/** Open sessions whose time is over become expired, each with its event. */
export async function expireDue(bench: Bench): Promise<void> {
  const at = seconds(bench)
  const over = [...bench.store.state.sessions.values()].filter(
    ({ status, expires }) => status === 'open' && expires <= at
  )
  const done = over.map(session => ended(bench, session))
  if (done.length === 0) return
  await bench.save({ sessions: done.map(({ session }) => session), events: done.map(({ event }) => event) })
}

/** https://docs.stripe.com/api/events/types#event_types-checkout.session.expired */
export function ended(bench: Bench, open: Session) {
  const session: Session = { ...open, status: 'expired' }
  const event = eventOf('checkout.session.expired', sessionObject(session, bench.publicUrl()), seconds(bench))
  return { session, event }
}
