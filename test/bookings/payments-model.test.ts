import fc from 'fast-check'
import t, { type Test } from 'tap'
import { receive } from '../../src/payments/inbox.ts'
import { aStart, open, someone } from '../support/open.ts'
import { soundness } from '../support/race.ts'

type House = Awaited<ReturnType<typeof open>>
type Step =
  | 'pay'
  | 'return'
  | 'hear'
  | 'hear again'
  | 'pass'
  | 'sleep'
  | 'cancel'
  | 'open'
  | 'rival'
  | 'lose'
  | 'silence'

const price = 25_000
const runs = process.env.SOAK ? 400 : 16
const seed = Number(process.env.SEED ?? 20270201)

/** What the world knows of one booking: written by hand from what is promised of payments, without a rule of the house. */
interface World {
  id: string
  token: string
  /** Checkouts of this booking that somebody paid. */
  paid: Set<string>
  /** The booker was told that it is cancelled. */
  cancelled: boolean
  /** Somebody else was sold the same time. */
  rival: boolean
  /** States after which nothing came, as they were seen. */
  ended: string | undefined
}

/** Each step is something that somebody does, or that happens; none waits for another. */
const steps: Record<Step, (house: House, world: World) => Promise<void>> = {
  async pay(house, world) {
    for (const { checkout } of await attemptsOf(house, world))
      if (checkout && house.gateway.checkouts.get(checkout)?.state === 'open' && world.paid.size === 0)
        try {
          house.gateway.pay(checkout)
          world.paid.add(checkout)
        } catch (error) {
          if (!/is expired/.test(String(error))) throw error
        }
  },
  async return(house, world) {
    for (const { id } of await attemptsOf(house, world)) await house.request('GET', `/x/${id}`)
  },
  async hear(house, world) {
    for (const checkout of world.paid)
      await receive(house.deps, { id: `evt_${checkout}`, type: 'checkout.session.completed', object: checkout })
  },
  async 'hear again'(house, world) {
    for (const checkout of world.paid)
      await receive(house.deps, { id: `evt_late_${checkout}`, type: 'checkout.session.completed', object: checkout })
    await quietly(house.work())
  },
  async pass(house) {
    house.clock.move({ minutes: 7 })
    await quietly(house.minute())
  },
  // Half an hour in which nobody works.
  async sleep(house) {
    house.clock.move({ minutes: 30 })
  },
  async cancel(house, world) {
    const { statusCode } = await house.request('POST', `/api/bookings/${world.id}/cancellation`, undefined, world.token)
    if (statusCode === 200) world.cancelled = true
  },
  async open(house, world) {
    await house.request('POST', `/api/bookings/${world.id}/payment`, undefined, world.token)
  },
  async rival(house, world) {
    const person = { ...someone, email: 'rival@example.com' }
    const answer = await house.book({ sessionType: 'individual', person })
    if (answer.statusCode !== 201) return
    const [attempt] = await attemptsOf(house, answer.json())
    // Whoever is given the time pays at once, if Stripe is there.
    if (!attempt?.checkout) return
    house.gateway.pay(attempt.checkout)
    await house.request('GET', `/x/${attempt.id}`)
    world.rival = true
  },
  async lose({ gateway }) {
    gateway.loseAnswers(1)
  },
  async silence({ gateway }) {
    gateway.beSilent(1)
  }
}

async function attemptsOf({ client }: House, { id }: { id: string }) {
  return client<{ id: string; checkout: string | null }[]>`
    select a.id, a.checkout_id as checkout from attempts a join dues d on d.id = a.due_id where d.booking_id = ${id}`
}

/** What fails because no answer came is tried again by a later minute. */
async function quietly(work: Promise<void>): Promise<void> {
  await work.catch(error => {
    const failures: unknown[] =
      error instanceof AggregateError ? error.errors.flatMap(inner => inner.errors ?? inner) : [error]
    if (!failures.every(failure => /no (answer|connection)/.test(String(failure)))) throw error
  })
}

async function stateOf({ client }: House, { id }: World): Promise<string> {
  const [row] = await client<{ state: string }[]>`select state from bookings where id = ${id}`
  return row?.state ?? 'gone'
}

/** What holds at every moment, whatever is still under way. */
async function alwaysTrue(t: Test, house: House, world: World, after: string): Promise<void> {
  const sums = await soundness(house)
  t.match(sums, { deadlocks: 0, overlaps: 0, unpaid: 0, ghosts: 0 }, after)
  const [taken, returned] = sumsOf(house)
  if (returned > taken) t.fail(`${after}: more went back than came`)
  const state = await stateOf(house, world)
  if (world.ended === 'cancelled' && state !== 'cancelled') t.fail(`${after}: cancelled, and then ${state}`)
  world.ended = state
}

function sumsOf({ gateway }: House): [number, number] {
  const taken = [...gateway.checkouts.values()].reduce((sum, { paid, amount }) => sum + (paid ? amount.amount : 0), 0)
  const returned = [...gateway.refunds.values()].reduce((sum, { amount }) => sum + amount.amount, 0)
  return [taken, returned]
}

/** What must have become of it, a few hours later. */
async function inTheEnd(t: Test, house: House, world: World, story: string): Promise<void> {
  house.gateway.loseAnswers(0)
  house.gateway.beSilent(0)
  for (let minutes = 0; minutes < 180; minutes += 5) {
    house.clock.move({ minutes: 5 })
    await house.minute()
  }
  const state = await stateOf(house, world)
  const expected = world.cancelled
    ? ['cancelled', 'expired']
    : world.paid.size > 0 && !world.rival
      ? ['confirmed']
      : ['expired']
  t.ok(expected.includes(state), `${story} ends as ${expected.join(' or ')}: ${state}`)
  const [taken, returned] = sumsOf(house)
  const kept = (state === 'confirmed' ? price : 0) + (world.rival ? price : 0)
  t.equal(taken - returned, kept, `${story}: what was kept is what was sold`)
  t.match(await soundness(house), { missing: 0, overlaps: 0, unpaid: 0, ghosts: 0, deadlocks: 0 }, story)
  t.ok(
    [...house.gateway.checkouts.values()].every(({ state }) => state !== 'open'),
    `${story}: nothing stays open to be paid`
  )
}

t.test('whatever happens to a payment in whatever order, the booking and the money agree', async t => {
  t.comment(`seed ${seed}, ${runs} stories`)
  const names = Object.keys(steps) as Step[]
  const story = fc.array(fc.constantFrom(...names), { minLength: 3, maxLength: 14 })
  const ends: Record<string, number> = {}
  for (const taken of fc.sample(story, { seed, numRuns: runs })) {
    const told = taken.join(', ')
    await t.test(told, async t => {
      const house = await open(t)
      const { id, token } = (await house.book({ sessionType: 'individual', start: aStart })).json()
      const world: World = { id, token, paid: new Set(), cancelled: false, rival: false, ended: undefined }
      for (const [index, step] of taken.entries()) {
        await steps[step](house, world)
        await alwaysTrue(t, house, world, taken.slice(0, index + 1).join(', '))
      }
      await inTheEnd(t, house, world, told)
      const end = await stateOf(house, world)
      ends[end] = (ends[end] ?? 0) + 1
    })
  }
  t.comment(`they ended as ${JSON.stringify(ends)}`)
})
