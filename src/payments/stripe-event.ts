import type Stripe from 'stripe'
import { z } from 'zod'
import { GatewayError, type GatewayEvent } from './gateway.ts'

/** What is used of an event (https://docs.stripe.com/api/events/object). Some objects have no id, such as a balance. */
const Event = z.object({
  object: z.literal('event'),
  id: z.string().min(1),
  type: z.string().min(1),
  data: z.object({ object: z.object({ id: z.string().min(1).optional() }) })
})

/**
 * Checks the signature and its age (300 s, the library's own tolerance: 0 would switch the check off) and reads the
 * event. https://docs.stripe.com/webhooks/signature
 * @throws GatewayError `bad-signature` for everything that is wrong, whatever the library throws
 */
export function readEvent(
  webhooks: Stripe['webhooks'],
  secrets: readonly string[],
  body: Buffer,
  signature: string | string[] | undefined
): GatewayEvent {
  const causes: unknown[] = []
  for (const secret of secrets.map(secret => secret.trim()).filter(Boolean)) {
    try {
      const event = Event.parse(webhooks.constructEvent(body, signature ?? '', secret))
      return { id: event.id, type: event.type, object: event.data.object.id ?? null }
    } catch (error) {
      causes.push(error)
    }
  }
  throw new GatewayError('bad-signature', 'The event is not signed as it should be', undefined, { cause: causes })
}
