import type { DateTime } from 'luxon'
import { type Checkout, GatewayError, type PaymentGateway, type Refund } from '../../src/payments/gateway.ts'

/** A stand-in at the port, in memory: what Stripe would decide, without a network between. */
export interface OwnGateway extends PaymentGateway {
  checkouts: Map<string, Checkout>
  refunds: Map<string, Refund>
  /** The payer pays, whenever it is still open. */
  pay(id: string): void
  /** Somebody sends a payment back at Stripe's own pages. @returns the refund's id */
  refundElsewhere(payment: string, amount: number): string
  /** More than a day goes by: Stripe knows none of the keys any more. */
  forgetKeys(): void
  /** The next calls have their effect, but their answer never comes. */
  loseAnswers(count: number): void
  /** The next calls reach nobody. */
  beSilent(count: number): void
}

export function ownGateway(now: () => DateTime): OwnGateway {
  const checkouts = new Map<string, Checkout>()
  const refunds = new Map<string, Refund>()
  const byKey = new Map<string, Checkout | Refund>()
  const references = new Map<string, Refund>()
  let lost = 0
  let silent = 0
  const answer = <T>(effect: () => T): T => {
    if (silent > 0) {
      silent -= 1
      throw new GatewayError('unknown', 'no connection')
    }
    const result = effect()
    if (lost > 0) {
      lost -= 1
      throw new GatewayError('unknown', 'no answer')
    }
    return result
  }
  const find = (id: string): Checkout => {
    const found = checkouts.get(id)
    if (!found) throw new GatewayError('refused', 'No such checkout session', 'resource_missing')
    if (found.state === 'open' && found.expiresAt <= now()) found.state = 'expired'
    return found
  }
  return {
    checkouts,
    refunds,
    async openCheckout({ key, amount, expiresAt, attempt }) {
      return answer(() => {
        const known = byKey.get(key)
        if (known && 'expiresAt' in known) return { ...known }
        const id = `cs_${attempt}`
        const made: Checkout = {
          id,
          url: `https://pay.invalid/${id}`,
          state: 'open',
          paid: false,
          payment: null,
          amount,
          expiresAt
        }
        checkouts.set(id, made)
        byKey.set(key, made)
        return { ...made }
      })
    },
    async findCheckout(id) {
      return answer(() => ({ ...find(id) }))
    },
    async expireCheckout(id) {
      return answer(() => {
        const found = find(id)
        if (found.state === 'open') found.state = 'expired'
        return { ...found }
      })
    },
    async refund({ key, amount, payment, reference }) {
      return answer(() => {
        const known = byKey.get(key)
        if (known && !('expiresAt' in known)) return { ...known }
        const made: Refund = { id: `re_${refunds.size + 1}_${key}`, state: 'succeeded', amount, payment, reference }
        refunds.set(made.id, made)
        references.set(`${payment} ${reference}`, made)
        byKey.set(key, made)
        return { ...made }
      })
    },
    async findRefundOf(payment, reference) {
      return answer(() => {
        const made = references.get(`${payment} ${reference}`)
        return made && { ...made }
      })
    },
    async findRefund(id) {
      return answer(() => {
        const found = refunds.get(id)
        if (!found) throw new GatewayError('refused', 'No such refund', 'resource_missing')
        return { ...found }
      })
    },
    async readAccount() {
      return answer(() => ({ publicName: null, prefix: null, support: [] }))
    },
    readEvent() {
      throw new GatewayError('bad-signature', 'This stand-in sends no events')
    },
    pay(id) {
      const found = find(id)
      if (found.state !== 'open') throw new Error(`The checkout ${id} is ${found.state}`)
      Object.assign(found, { state: 'complete', paid: true, payment: `pi_${id}` })
    },
    refundElsewhere(payment, amount) {
      const id = `re_elsewhere_${refunds.size + 1}`
      refunds.set(id, { id, state: 'succeeded', amount: { amount, currency: 'USD' }, payment, reference: null })
      return id
    },
    forgetKeys() {
      byKey.clear()
    },
    loseAnswers(count) {
      lost = count
    },
    beSilent(count) {
      silent = count
    }
  }
}
