import t from 'tap'
import { GatewayError, type PaymentGateway } from '../../src/payments/gateway.ts'
import { aStart, open } from '../support/open.ts'
import { sound, soundness } from '../support/race.ts'

type House = Awaited<ReturnType<typeof open>>
const methods = ['openCheckout', 'findCheckout', 'expireCheckout', 'refund', 'findRefund'] as const

/** Loses the answers of these calls, counted from the first, after their effect. @returns how many were asked in all */
function losing({ gateway }: House, lost: ReadonlySet<number>) {
  let asked = 0
  const wrap = <A extends unknown[], R>(call: (...given: A) => Promise<R>) => {
    return async (...given: A): Promise<R> => {
      asked += 1
      const number = asked
      const answer = await call(...given)
      if (lost.has(number)) throw new GatewayError('unknown', 'the answer was lost')
      return answer
    }
  }
  const real: Pick<PaymentGateway, (typeof methods)[number]> = { ...gateway }
  gateway.openCheckout = wrap(real.openCheckout)
  gateway.findCheckout = wrap(real.findCheckout)
  gateway.expireCheckout = wrap(real.expireCheckout)
  gateway.refund = wrap(real.refund)
  gateway.findRefund = wrap(real.findRefund)
  return () => asked
}

/** The minutes go by, every `each` of them with its due work, whether a part of it fails or not. */
async function minutes(house: House, count: number, each = 1): Promise<void> {
  for (let past = 0; past < count; past += each) {
    house.clock.move({ minutes: each })
    await house.minute().catch(error => {
      if (!isLost(error)) throw error
    })
  }
}

/** Whether a lost answer is all that failed. */
function isLost(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isLost)
  return error instanceof GatewayError && error.kind === 'unknown'
}

/** A client who asks again where no answer came. */
async function insist(ask: () => Promise<{ statusCode: number; body: string }>): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    const { statusCode, body } = await ask()
    if (statusCode < 500) return
    if (!/payments-unreachable/.test(body)) throw new Error(body)
  }
}

const lives = {
  'booked, paid, moved, cancelled': async (house: House) => {
    const { request, book, gateway, openedBy } = house
    const { id, token } = (await book()).json()
    await insist(() => request('POST', `/api/bookings/${id}/payment`, undefined, token))
    const [checkout] = gateway.checkouts.keys()
    gateway.pay(checkout ?? '')
    const [attempt] = await house.client<{ id: string }[]>`select id from attempts`
    await insist(() => request('GET', `/x/${attempt?.id}`))
    await minutes(house, 16)
    const own = await openedBy(id)
    const [appointment] = await house.client<{ id: string }[]>`select id from appointments where booking_id = ${id}`
    await request('POST', `/api/appointments/${appointment?.id}/move`, { start: '2027-02-10T15:00:00Z' }, own)
    await request('POST', `/api/bookings/${id}/cancellation`, undefined, own)
    await minutes(house, 5)
    return id
  },
  'booked and never paid': async (house: House) => {
    const { id } = (await house.book()).json()
    await minutes(house, 60, 3)
    return id
  },
  'paid in the last moment': async (house: House) => {
    const { id, token } = (await house.book()).json()
    await insist(() => house.request('POST', `/api/bookings/${id}/payment`, undefined, token))
    await minutes(house, 30, 3)
    const [checkout] = house.gateway.checkouts.keys()
    house.gateway.pay(checkout ?? '')
    await minutes(house, 25, 3)
    return id
  }
} as const

async function end(t: Parameters<typeof open>[0], life: (house: House) => Promise<string>, lost: readonly number[]) {
  const house = await open(t)
  const asked = losing(house, new Set(lost))
  const id = await life(house)
  const [row] = await house.client`select state from bookings where id = ${id}`
  const { client, gateway } = house
  const [refunded] = await client`select coalesce(-sum(amount), 0)::int as sum from ledger where entry = 'refund'`
  t.match(await soundness(house), sound, `lost ${lost.join(' and ') || 'nothing'}`)
  return {
    asked: asked(),
    seen: {
      state: row?.state,
      refunded: refunded?.sum,
      checkouts: gateway.checkouts.size,
      refunds: gateway.refunds.size,
      free: (
        await client`select 1 from occupancy o join appointments a on a.id = o.appointment_id
        where a.starts_at in (${aStart}, '2027-02-10T15:00:00Z')`
      ).length
    }
  }
}

for (const [name, life] of Object.entries(lives))
  t.test(
    `${name}: whichever answer of Stripe is lost after its effect, the end and the number of objects are the same`,
    async t => {
      const whole = await end(t, life, [])
      t.comment(`${name}: ${whole.asked} calls`, whole.seen)
      t.ok(whole.asked >= 2)
      const numbers = Array.from({ length: whole.asked }, (_, index) => index + 1)
      const pairs = numbers.slice(0, 3).map(number => [number, number + 1])
      for (const lost of [...numbers.map(number => [number]), ...pairs])
        t.same((await end(t, life, lost)).seen, whole.seen, `without the answer of call ${lost.join(' and ')}`)
    }
  )

t.test('whoever wants to pay while nobody answers is told to try again, and then can', async t => {
  const { book, request, gateway } = await open(t)
  gateway.beSilent(1)
  const { id, token, payment } = (await book()).json()
  t.equal(payment, null, 'the time is kept without a way to pay yet')
  gateway.beSilent(1)
  const refused = await request('POST', `/api/bookings/${id}/payment`, undefined, token)
  t.match(refused.json(), { status: 503, type: '/problems/payments-unreachable', retryAfter: 60 })
  t.equal(refused.headers['retry-after'], '60')
  const opened = await request('POST', `/api/bookings/${id}/payment`, undefined, token)
  t.match(opened.json(), { url: /^https:/ })
})
