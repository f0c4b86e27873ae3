import { setTimeout } from 'node:timers/promises'
import Stripe from 'stripe'
import type { FaultState } from './stripe-faults.ts'
import type { Event } from './stripe-state.ts'
import type { StripeStore } from './stripe-store.ts'

export interface Webhooks {
  /** Begins to send every event that was not taken yet, unless they are held. */
  send(): void
  release(order: 'as made' | 'reversed'): Promise<void>
  /** Resolves when nothing is under way. */
  done(): Promise<void>
  close(): Promise<void>
}

/** Milliseconds before each try. After the last, an event waits for the next start. */
const pauses = [0, 250, 1000, 4000, 15_000, 30_000, 60_000]
/** Milliseconds that the receiver has. */
const patience = 10_000

/**
 * Sends events at least once, each by itself and so in no certain order, until the receiver answers 2xx:
 * https://docs.stripe.com/webhooks#behaviors
 */
export function startWebhooks(store: StripeStore, faults: FaultState, secret: string, url: () => string): Webhooks {
  const stopping = new AbortController()
  const underway = new Map<string, Promise<void>>()

  const deliver = async (event: Event): Promise<void> => {
    for (const pause of pauses) {
      if (pause > 0) await setTimeout(pause, undefined, { signal: stopping.signal, ref: false })
      if (!(await post(event))) continue
      if (faults.duplicate) await post(event)
      return store.commit({ events: [{ ...event, delivered: true }] })
    }
  }

  /** Whether the event was taken. The signature's time is the machine's: the receiver checks its age by that. */
  const post = async ({ body }: Event): Promise<boolean> => {
    const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret })
    try {
      const answer = await fetch(url(), {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(patience)])
      })
      await answer.body?.cancel()
      return answer.ok
    } catch (error) {
      stopping.signal.throwIfAborted()
      // No connection, or none in time: the next try says more. Anything else is a bug.
      if (error instanceof TypeError || error instanceof DOMException) return false
      throw error
    }
  }

  const begin = (event: Event): Promise<void> => {
    const going = underway.get(event.id)
    if (going) return going
    const delivery = deliver(event)
      .catch(error => {
        // Where the simulator is closed, the event stays undelivered in the journal and is sent at the next start.
        if (!stopping.signal.aborted) throw error
      })
      .finally(() => underway.delete(event.id))
    underway.set(event.id, delivery)
    return delivery
  }
  const waiting = () => [...store.state.events.values()].filter(({ delivered }) => !delivered)
  const send = () => {
    if (!faults.held && !stopping.signal.aborted) for (const event of waiting()) void begin(event)
  }

  return {
    send,
    async release(order) {
      const events = waiting()
      for (const event of order === 'reversed' ? events.reverse() : events) await begin(event)
      faults.held = false
      send()
    },
    async done() {
      while (underway.size > 0) await Promise.all(underway.values())
    },
    async close() {
      stopping.abort()
      await Promise.all(underway.values())
    }
  }
}
