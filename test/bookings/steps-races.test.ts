import type { LightMyRequestResponse } from 'fastify'
import t, { type Test } from 'tap'
import { someone } from '../support/open.ts'
import { agreed } from '../support/programme.ts'
import { racing, rounds, sound, soundness } from '../support/race.ts'

type Answer = LightMyRequestResponse
type House = Awaited<ReturnType<typeof agreed>>

/** A step that both take part in, the last of all: nothing follows it. */
const last = 3
const codes = (answers: readonly Answer[]) => answers.map(({ statusCode }) => statusCode).sort()
const off =
  ({ request, steps }: House, token: string) =>
  () =>
    request('POST', `/api/appointments/${steps[last]?.id}/cancellation`, undefined, token)
const lay =
  ({ request, id }: House, start: string, token: string) =>
  () =>
    request('POST', `/api/bookings/${id}/steps`, { step: last, start }, token)
/** A time of its own for each round, in days on which the practice is open. */
const at = (round: number, hour: number) =>
  `2027-02-${[15, 16, 17, 18, 22, 23, 24][round % 7]}T${String(hour).padStart(2, '0')}:00:00Z`

/** Runs rounds on one programme; each leaves the step as the next one finds it: with a time. */
async function race(t: Test, round: (house: House, round: number) => Promise<number>) {
  const house = await agreed(t)
  let met = 0
  let run = 0
  for (; run < rounds || (met === 0 && run < 20); run += 1) met += (await round(house, run)) > 0 ? 1 : 0
  await house.minute()
  t.match(await soundness(house), sound, 'nothing is lost and nothing sold twice')
  t.comment(`${run} rounds, in ${met} of them somebody waited for somebody`)
  t.ok(met > 0, 'they really met')
}

t.test('two members call off the same step at once: once, and then lay it at once: once', async t => {
  await race(t, async (house, round) => {
    const { jo, sam, client, steps } = house
    const sequence = async () =>
      (await client`select max(sequence) as n from participants where appointment_id = ${steps[last]?.id ?? ''}`)[0]?.n
    const before = await sequence()
    const called = await racing<[Answer, Answer]>(house, [off(house, jo), off(house, sam)])
    t.same(codes(called.outcomes), [200, 409])
    t.equal(await sequence(), before + 1, 'SEQUENCE rises once')
    const laid = await racing<[Answer, Answer]>(house, [lay(house, at(round, 15), jo), lay(house, at(round, 19), sam)])
    t.same(codes(laid.outcomes), [201, 409])
    const kept = await client`select 1 from occupancy where appointment_id = ${steps[last]?.id ?? ''}`
    t.equal(kept.length, 1, 'it has one time')
    return Math.max(called.waiting, laid.waiting)
  })
})

t.test('calling off against the end of all of it, and against a move: both are whole', async t => {
  await race(t, async (house, round) => {
    const { jo, sam, request, steps, client } = house
    const move = () =>
      request('POST', `/api/appointments/${steps[last]?.id}/move`, { start: at(round + 1, 21) }, house.staff)
    const { outcomes, waiting } = await racing<[Answer, Answer]>(house, [off(house, sam), move])
    t.equal(outcomes[0].statusCode, 200, 'called off, where it was or where it came to be')
    t.ok([200, 409].includes(outcomes[1].statusCode), outcomes[1].body)
    const [open] = await client`select count(*)::int as n from proposals where state = 'open'`
    t.equal(open?.n, 0, 'no new time waits for what has none')
    t.equal((await lay(house, at(round, 15), jo)()).statusCode, 201)
    return waiting
  })
})

t.test('a step and a stranger want the same time: one has it', async t => {
  await race(t, async (house, round) => {
    const { jo, book, request } = house
    t.equal((await off(house, jo)()).statusCode, 200)
    const start = at(round, 15)
    const person = { ...someone, email: `stranger-${round}@example.com` }
    const single = { sessionType: 'individual', place: 'video', start, person }
    const { outcomes, waiting } = await racing<[Answer, Answer]>(house, [lay(house, start, jo), () => book(single)])
    t.same(codes(outcomes), [201, 409])
    const booked = outcomes[1]
    if (booked.statusCode === 201) {
      const { id, token } = booked.json()
      await request('POST', `/api/bookings/${id}/release`, undefined, token)
      t.equal((await lay(house, at(round, 19), jo)()).statusCode, 201)
    }
    return waiting
  })
})
