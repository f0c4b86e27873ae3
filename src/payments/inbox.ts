import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newJob } from '../kernel/job-rows.ts'
import { writeRows } from '../kernel/rows.ts'
import { adoptRefund } from './adopt-refund.ts'
import { findAttemptOfCheckout } from './attempt-store.ts'
import type { PaymentDeps } from './deps.ts'
import {
  findStripeEvent,
  findUnprocessed,
  insertStripeEvent,
  lockStripeEvent,
  updateStripeEvent
} from './event-store.ts'
import type { GatewayEvent } from './gateway.ts'
import { findRefundOwner } from './refund-store.ts'

/**
 * Keeps an event of Stripe's, whose signature was checked, and sends the job that acts on it. A repeated one is answered
 * alike. One about what has no id is ignored: refused, it would be sent again for days.
 */
export async function receive({ db, log, now }: Deps, { object, ...event }: GatewayEvent): Promise<void> {
  if (object === null) {
    log.info({ event: event.id, kind: event.type }, 'Stripe tells of what has no id: its event is ignored')
    return
  }
  await db.transaction(async tx => {
    const isNew = await insertStripeEvent(tx, {
      ...event,
      objectId: object,
      receivedAt: now()
    })
    if (isNew) await writeRows(tx, [newJob('inbox', { event: event.id })])
  })
}

/** Hours after which what nobody here knows is taken for another use of the same Stripe account. */
const foreignHours = 24

/**
 * Tells the house what an event is about. The event is a trigger, not a truth: whoever reacts asks Stripe again.
 * @throws where the object is not known yet: the job comes back later, nothing is dropped before a day has gone by
 */
export async function processEvent(deps: PaymentDeps, id: string): Promise<void> {
  const about = await findStripeEvent(deps.db, id)
  if (!about || about.processedAt) return
  const isCheckout = about.type.startsWith('checkout.session.')
  const isRefund = about.type.startsWith('refund.')
  // A refund may be told of before the payment that it is of: then nobody here knows either yet.
  const awaited = isRefund ? (await adoptRefund(deps, about.objectId)) === 'unknown' : isCheckout
  await deps.db.transaction(async tx => {
    const event = await lockStripeEvent(tx, id)
    if (!event || event.processedAt) return
    const processedAt = deps.now()
    const known = isCheckout
      ? await findAttemptOfCheckout(tx, event.objectId)
      : isRefund
        ? await findRefundOwner(tx, event.objectId)
        : undefined
    if (known) {
      const { practice, ...subjects } = known
      const kind = isCheckout ? 'checkout.changed' : 'refund.changed'
      await emit(deps, tx, { practice, actor: 'stripe', kind, subjects, queue: 'stripe' })
    } else if (awaited && event.receivedAt > processedAt.minus({ hours: foreignHours }))
      throw new Error(`What the event ${id} is about is not known yet`)
    else if (awaited) deps.log.warn({ event: id }, 'What Stripe tells of is not ours: its event is put aside')
    await updateStripeEvent(tx, id, { processedAt, foreign: !known })
  })
}

/** Events whose job was lost or gave up, from five minutes on. One that still fails is logged and does not stop the others. */
export async function processForgotten(deps: PaymentDeps): Promise<void> {
  const now = deps.now()
  for (const id of await findUnprocessed(deps.db, now.minus({ minutes: 5 }))) {
    await updateStripeEvent(deps.db, id, { triedAt: now })
    await processEvent(deps, id).catch(error => deps.log.warn({ event: id, err: error }, 'An event of Stripe waits'))
  }
}
