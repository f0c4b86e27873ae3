import t, { type Test } from 'tap'
import { someone } from '../support/open.ts'
import { areaUnder, timed } from '../support/oracles.ts'
import { answers, openInvited } from '../support/partners.ts'

const soak = process.env.SOAK === '1'
const pairs = soak ? 5000 : 500
/**
 * By chance alone the area strays from one half by √((2n + 1) / 12n²): of 500 pairs by 0.018, of 5,000 by 0.006. The bound of
 * the soak is 0.53; of the sample four times what chance does.
 */
const bound = soak ? 0.53 : 0.5 + 4 * Math.sqrt((2 * pairs + 1) / (12 * pairs * pairs))
const limits = { bookings: 1_000_000, holds: 1_000_000, answers: 1_000_000 }

/** Measures both by turns, each first as often as second, so that what else the machine does falls on both. */
async function compare(t: Test, what: string, known: Act, unknown: Act): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1)
    for (const act of [known, unknown]) {
      const { ask, after } = await act(-1 - turn)
      await ask()
      await after?.()
    }
  const [ones, others]: [number[], number[]] = [[], []]
  for (let turn = 0; turn < pairs; turn += 1) {
    const both = [
      { times: ones, act: known },
      { times: others, act: unknown }
    ]
    for (const { times, act } of turn % 2 ? both : both.toReversed()) {
      const doing = await act(turn)
      times.push(await timed(doing.ask))
      await doing.after?.()
    }
  }
  const area = areaUnder(ones, others)
  const [median, other] = [ones, others].map(times => times.toSorted((a, b) => a - b)[pairs >> 1] ?? 0)
  t.comment(
    `${what}: AUC ${Math.max(area, 1 - area).toFixed(3)} over ${pairs} interleaved pairs (bound ${bound.toFixed(3)}), medians ${median?.toFixed(2)} and ${other?.toFixed(2)} ms`
  )
  t.ok(Math.max(area, 1 - area) <= bound, what)
}

type Act = (turn: number) => Promise<{ ask(): Promise<unknown>; after?(): Promise<unknown> }>

t.test('the time of an enquiry does not tell whether its address is known', async t => {
  const { request, signInPerson } = await openInvited(t, { limits })
  await signInPerson(someone.email)
  const ask = (address: string) => ({ ask: () => request('POST', '/api/enquiries', { words: 'A question', address }) })
  await compare(
    t,
    'enquiry',
    async () => ask(someone.email),
    async turn => ask(`n${turn}@example.com`)
  )
})

t.test('the time of a refused return does not tell whether its words ever were', async t => {
  const { request, answer, client } = await openInvited(t, { limits })
  const { returnWords } = (await answer(answers.question)).json()
  await client`update partner_answers set kept = false`
  const open = (words: string) => ({ ask: () => request('POST', '/api/returns', { words }) })
  await compare(
    t,
    'return',
    async () => open(returnWords),
    async () => open('abacus abdomen abide ablaze able')
  )
})

t.test('the time of a link that opens nothing does not tell whether it ever was', async t => {
  const { request, token, made, booked } = await openInvited(t, { limits })
  await request('DELETE', `/api/partner-invitations/${made.json().id}`, undefined, booked.token)
  const look = (one: string) => ({ ask: () => request('GET', `/api/partner-invitations/${one}`) })
  await compare(
    t,
    'link',
    async () => look(token),
    async () => look('a'.repeat(43))
  )
})

t.test('the time of an answer does not tell whether it was one too many', async t => {
  const { answer, client } = await openInvited(t, { limits })
  const say =
    (given: number): Act =>
    async () => {
      await client`update partner_invitations set answers = ${given}`
      return { ask: () => answer(answers.question) }
    }
  await compare(t, 'answer', say(10), say(0))
})

t.test('the time of a booking does not tell whether its address is known', async t => {
  const { book, client, signInPerson } = await openInvited(t, { limits })
  await signInPerson(someone.email)
  const ask = (email: string) => ({
    ask: () => book({ sessionType: 'couples', start: '2027-02-10T15:00:00Z', person: { ...someone, email } }),
    // The time is free again for the next one; who held it is forgotten, as when a hold ends.
    after: async () => {
      await client`delete from occupancy where appointment_id in (select a.id from appointments a join bookings b on b.id = a.booking_id where b.state = 'held')`
      await client`update bookings set browser = null, address = null where address is not null`
    }
  })
  await compare(
    t,
    'booking',
    async () => ask(someone.email),
    async turn => ask(`n${turn}@example.com`)
  )
})
