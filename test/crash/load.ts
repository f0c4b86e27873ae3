import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Answer } from '../support/races.ts'
import type { Several } from './several.ts'

/** What the customers were told, and what they know nothing of. */
export interface Tally {
  /** Bookings that were acknowledged, with the token that opens them. */
  booked: Map<string, string>
  paid: number
  refused: number
  cancelled: number
  /** Requests to book whose answer never came, by their key. */
  unsure: Map<string, object>
}

/**
 * Customers who book, pay and cancel, one thing after the other, until told to stop. Where no answer comes they ask again
 * with the same key, as a careful program does.
 */
export async function load(
  house: Several,
  random: () => number,
  customers: number,
  going: () => boolean
): Promise<Tally> {
  const tally: Tally = { booked: new Map(), paid: 0, refused: 0, cancelled: 0, unsure: new Map() }
  let people = 0

  const customer = async () => {
    while (going()) {
      const starts = await freeStarts(house, random)
      const start = starts[Math.floor(random() * starts.length)]
      if (!start) continue
      people += 1
      const person = { name: `Customer ${people}`, email: `customer-${people}@example.com`, zone: 'America/New_York' }
      const payload = { sessionType: 'individual', start, person, consent: { termsVersion: 1 } }
      const key = randomUUID()
      const answer = await stubborn(() => house.send('POST', '/api/bookings', { payload, key }))
      if (answer === undefined) tally.unsure.set(key, payload)
      else if (answer.statusCode !== 201) tally.refused += 1
      else await goOn(answer)
    }
  }

  const goOn = async (answer: Answer) => {
    const { id, token, payment } = answer.json()
    tally.booked.set(id, token)
    if (random() < 0.2) return
    const checkout = String(payment.url).split('/').at(-1) ?? ''
    await house.pay(checkout)
    tally.paid += 1
    const back = house.simulator.state.sessions.get(checkout)?.successUrl ?? ''
    await stubborn(() => house.send('GET', new URL(back).pathname))
    if (random() < 0.7) return
    const cancelled = await stubborn(() => house.send('POST', `/api/bookings/${id}/cancellation`, { token }))
    if (cancelled?.statusCode === 200) tally.cancelled += 1
  }

  await Promise.all(Array.from({ length: customers }, customer))
  return tally
}

/** The free starts of some week. */
async function freeStarts(house: Several, random: () => number): Promise<string[]> {
  const from = house.clock.now().plus({ days: 3 + Math.floor(random() * 40) })
  const window = `from=${from.toISODate()}&to=${from.plus({ days: 7 }).toISODate()}&zone=America/New_York`
  const answer = await stubborn(() => house.send('GET', `/api/session-types/individual/slots?${window}`))
  if (!answer) return []
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json().slots.map(({ start }: { start: string }) => start)
}

/** Asks until there is an answer that says what is: not a lost connection, not a 5xx, not “still running”. */
export async function stubborn(send: () => Promise<Answer>, tries = 60): Promise<Answer | undefined> {
  for (let count = 0; count < tries; count += 1) {
    const answer = await send().catch(() => undefined)
    if (answer && answer.statusCode < 500 && !answer.body.includes('/problems/still-running')) return answer
    await setTimeout(50)
  }
  return undefined
}
