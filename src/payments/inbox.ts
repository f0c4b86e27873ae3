import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import type { PaymentDeps } from './deps.ts'
import type { GatewayEvent } from './gateway.ts'
import {
  findAttemptOfCheckout,
  findRefundOwner,
  findUnprocessed,
  insertStripeEvent,
  lockStripeEvent,
  markProcessed
} from './store.ts'

/** Keeps an event of Stripe's, whose signature was checked, and sends the job that acts on it. A repeated one is answered alike. */
export async function receive({ db, jobs, now }: Deps, event: GatewayEvent): Promise<void> {
  await db.transaction(async tx => {
    const isNew = await insertStripeEvent(tx, {
      id: event.id,
      type: event.type,
      objectId: event.object,
      receivedAt: now()
    })
    if (isNew) await jobs.send(tx, 'inbox', { event: event.id })
  })
}

/**
 * Tells the house what an event is about. The event is a trigger, not a truth: whoever reacts asks Stripe again.
 * @throws where the object is not known yet: the job comes back later, nothing is dropped
 */
export async function processEvent(deps: Deps, id: string): Promise<void> {
  await deps.db.transaction(async tx => {
    const event = await lockStripeEvent(tx, id)
    if (!event || event.processedAt) return
    if (event.type.startsWith('checkout.session.')) {
      const known = await findAttemptOfCheckout(tx, event.objectId)
      if (!known) throw new Error(`The Checkout Session of the event ${id} is not known yet`)
      const { practice, attempt, booking } = known
      const subjects = { attempt, booking }
      await emit(deps, tx, { practice, actor: 'stripe', kind: 'checkout.changed', subjects, queue: 'stripe' })
    } else if (event.type.startsWith('refund.')) {
      const known = await findRefundOwner(tx, event.objectId)
      if (known)
        await emit(deps, tx, {
          practice: known.practice,
          actor: 'stripe',
          kind: 'refund.changed',
          subjects: { refund: known.refund },
          queue: 'stripe'
        })
    }
    await markProcessed(tx, id, deps.now())
  })
}

/** Events whose job was lost or gave up, from five minutes on. One that still fails is logged and does not stop the others. */
export async function processForgotten(deps: PaymentDeps): Promise<void> {
  for (const id of await findUnprocessed(deps.db, deps.now().minus({ minutes: 5 })))
    await processEvent(deps, id).catch(error => deps.log.warn({ event: id, err: error }, 'An event of Stripe waits'))
}
