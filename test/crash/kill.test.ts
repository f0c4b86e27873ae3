import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { alone } from '../support/alone.ts'
import { aStart, open, someone } from '../support/open.ts'
import { sound, soundness } from '../support/race.ts'

type House = Awaited<ReturnType<typeof open>>

/** How often each step is hit. */
const hits = Number(process.env.HITS ?? 10)
const victim = fileURLToPath(new URL('victim.ts', import.meta.url))
const loader = new URL('../support/loader.js', import.meta.url)

/** Starts a process that does this work and is killed at this step. @throws where it lived */
async function kill(house: House, step: string, work: object): Promise<void> {
  const { gateway, databaseUrl, clock, mails } = house
  const now = clock.now().toISO()
  const child = fork(victim, [JSON.stringify({ url: databaseUrl, now, step, work })], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execPath: alone.execPath,
    execArgv: [...alone.execArgv, `--import=${loader}`]
  })
  child.on('message', async ({ number, what, given }: { number: number; what: string; given: never[] }) => {
    if (what === 'mail') mails.push({ to: given[0], messageId: given[1] } as unknown as (typeof mails)[number])
    const calls = gateway as unknown as Record<string, (...given: never[]) => Promise<unknown>>
    const answer = what === 'mail' || what === 'lived' ? null : await calls[what]?.(...revived(given))
    if (child.connected) child.send({ number, answer })
  })
  const [, signal] = await once(child, 'exit')
  if (signal !== 'SIGKILL') throw new Error(`The process lived past: ${step}`)
}

/** Times came as text; the gateway of the test compares them. */
function revived(given: never[]): never[] {
  return JSON.parse(JSON.stringify(given))
}

/** What a restart does: the minutes go by with their due work, later only every fourth, until nothing waits. */
async function restart(house: House, minutes = 12): Promise<void> {
  for (let past = 0, each = 1; past < minutes; past += each) {
    each = past < 12 ? 1 : 4
    house.clock.move({ minutes: each })
    await house.minute()
  }
}

const attemptOf = async ({ client }: House, booking: string) => {
  const [row] = await client<{ id: string; checkout: string }[]>`
    select a.id, a.checkout_id as checkout from attempts a join dues d on d.id = a.due_id where d.booking_id = ${booking}`
  return row ?? { id: '', checkout: '' }
}
const booking = (body: object = {}) => ({
  kind: 'request',
  method: 'POST',
  path: '/api/bookings',
  body: { sessionType: 'couples', start: aStart, person: someone, consent: { termsVersion: 1 }, ...body }
})

const steps: Record<string, (house: House, t: Parameters<typeof open>[0]) => Promise<void>> = {
  'after the insert of a booking, before its commit': async (house, t) => {
    await kill(house, 'before the commit', booking())
    t.same(await house.client`select 1 from bookings`, [])
    await restart(house, 2)
    t.equal((await house.book()).statusCode, 201, 'the time is free')
  },
  'after the Checkout was made, before its answer was stored': async (house, t) => {
    await kill(house, 'after openCheckout', booking())
    t.equal(house.gateway.checkouts.size, 1)
    await restart(house, 60)
    t.equal(house.gateway.checkouts.size, 1, 'asked again by the same key: nothing is made twice')
    t.match(await house.client`select state from bookings`, [{ state: 'expired' }])
    t.same(
      [...house.gateway.checkouts.values()].map(({ state }) => state),
      ['expired']
    )
  },
  'after an event was received, before its job': async (house, t) => {
    const { id } = (await house.book()).json()
    const { checkout } = await attemptOf(house, id)
    house.gateway.pay(checkout)
    const event = { id: 'evt_1', type: 'checkout.session.completed', object: checkout }
    await kill(house, 'after the commit', { kind: 'receive', event })
    await house.work()
    t.match(await house.client`select state from bookings`, [{ state: 'confirmed' }])
  },
  'during settle, after all was written, before its commit': async (house, t) => {
    const { id } = (await house.book()).json()
    const { id: attempt, checkout } = await attemptOf(house, id)
    house.gateway.pay(checkout)
    await kill(house, 'before the commit', { kind: 'settle', attempt })
    t.match(await house.client`select state from bookings`, [{ state: 'held' }])
    t.same(await house.client`select 1 from ledger`, [])
    await restart(house)
    t.match(await house.client`select state from bookings`, [{ state: 'confirmed' }])
    t.equal((await house.client`select 1 from ledger`).length, 1)
  },
  'between a mail that was accepted and its mark': async (house, t) => {
    const { id } = (await house.book()).json()
    const { id: attempt, checkout } = await attemptOf(house, id)
    house.gateway.pay(checkout)
    await house.request('GET', `/x/${attempt}`)
    await kill(house, 'after mail', { kind: 'jobs' })
    t.equal(house.mails.length, 1)
    await restart(house, 30)
    const sent = house.mails.map(({ to, messageId }) => `${to} ${messageId}`)
    t.equal(new Set(sent).size, 2, 'client and therapist, each under one Message-ID')
    t.equal(sent.length, 3, 'the one that was not marked went twice')
    t.same(
      await house.client`select 1 from messages where state in ('waiting', 'sending') and due_at <= ${house.clock.now().toISO()}`,
      []
    )
  },
  'after a cancellation, before its refund was asked': async (house, t) => {
    const { id, token } = await house.confirmed()
    const path = `/api/bookings/${id}/cancellation`
    await kill(house, 'after the commit', { kind: 'request', method: 'POST', path, token })
    t.equal(house.gateway.refunds.size, 0)
    await restart(house, 2)
    t.same(
      [...house.gateway.refunds.values()].map(({ amount }) => amount.amount),
      [40_000]
    )
  },
  'in the middle of a bulk change, between one booking and the next': async (house, t) => {
    const token = await house.signIn()
    const off = { start: '2027-02-09T14:00:00Z', end: '2027-02-10T00:00:00Z' }
    await house.confirmed()
    await house.confirmed({ start: '2027-02-09T18:00:00Z' })
    const timeOff = (await house.request('POST', '/api/therapists/jessica/time-off', off, token)).json()
    const path = `/api/therapists/jessica/collisions?${new URLSearchParams(off)}`
    const [first, second] = (await house.request('GET', path, undefined, token)).json().items
    const changes = [
      { appointment: first.appointment, choice: 'move', start: first.nearest },
      { appointment: second.appointment, choice: 'cancel' }
    ]
    await house.request('POST', `/api/therapists/jessica/time-off/${timeOff.id}/changes`, { changes }, token)
    // The first job is of the move, the second of the cancellation.
    await kill(house, 'at job 2', { kind: 'jobs' })
    const items = () => house.client`select choice, state from bulk_change_items order by choice`
    t.match(await items(), [
      { choice: 'cancel', state: 'waiting' },
      { choice: 'move', state: 'done' }
    ])
    await restart(house, 2)
    t.match(await items(), [{ state: 'done' }, { state: 'done' }])
    t.equal(house.gateway.refunds.size, 1)
    t.match(await house.client`select max(sequence) as sequence from participants`, [{ sequence: 1 }])
  },
  'after a refund was made, before its answer was stored': async (house, t) => {
    const { id, token } = await house.confirmed()
    await house.request('POST', `/api/bookings/${id}/cancellation`, undefined, token)
    await kill(house, 'after refund', { kind: 'jobs' })
    t.equal(house.gateway.refunds.size, 1)
    await restart(house, 16)
    t.equal(house.gateway.refunds.size, 1, 'asked again by the same key: nothing goes back twice')
  }
}

for (const [step, story] of Object.entries(steps))
  t.test(`killed ${step}: nothing is lost and nothing is done twice`, async t => {
    let hit = 0
    for (; hit < hits; hit += 1) {
      const house = await open(t)
      await story(house, t)
      t.match(await soundness(house), sound)
    }
    t.comment(`killed ${step}: ${hit} times`)
    t.equal(hit, hits)
  })
