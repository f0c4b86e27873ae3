import t, { type Test } from 'tap'
import { openCouple } from '../support/couple.ts'
import { visitor } from '../web/visitor.ts'

/** Two who began together, and have a time to choose for both. */
const start = '2027-02-09T15:00:00Z'
const joint = { sessionType: 'couples', consent: { termsVersion: 1 } }

async function openTwo(t: Test) {
  const house = await openCouple(t)
  const { request, jo } = house
  const choose = (at: string, token = jo) => request('POST', '/api/bookings', { ...joint, start: at }, token)
  return { ...house, choose }
}

t.test(
  'a couple that began is confirmed by hand: its booking waits for the practice’s yes beside the other’s',
  async t => {
    const { choose, client, couple, request, therapist, sam } = await openTwo(t)
    const answer = await choose(start)
    t.match(answer.json(), { state: 'requested', holdUntil: null, payment: null }, answer.body)
    const { id } = answer.json()
    t.match(await client`select client_id from bookings where id = ${id}`, [{ client_id: couple }])
    t.equal((await client`select by from acceptances where booking_id = ${id}`).length, 2)
    const stateOf = async () => (await client`select state from bookings where id = ${id}`)[0]?.state
    await request('POST', `/api/bookings/${id}/acceptance`, { answer: 'accept' }, sam)
    t.equal(await stateOf(), 'requested', 'the other’s yes alone is not enough')
    await request('POST', `/api/bookings/${id}/approval`, { approved: true }, therapist)
    t.equal(await stateOf(), 'held')
  }
)

t.test('confirmed as usual, a couple’s booking waits for the other alone', async t => {
  const { choose, client, couple, request, therapist } = await openTwo(t)
  await request('PUT', `/api/clients/${couple}/confirmation`, { confirmation: 'usual' }, therapist)
  const { id } = (await choose(start)).json()
  const [yes, ...more] = await client<{ by: string }[]>`select by from acceptances where booking_id = ${id}`
  t.not(yes?.by, 'practice')
  t.same(more, [])
})

/** What is asked before and after: everything that times, prices, words and memberships are read from. */
const slots = '/api/session-types/couples/slots?from=2027-02-08&to=2027-02-28&zone=America/New_York'
const addresses = (couple: string) => [
  slots,
  slots.replace('couples', 'individual'),
  '/api/session-types',
  '/api/me/memberships',
  `/api/me/memberships/${couple}`,
  '/api/me/start-together',
  '/api/me/bookings',
  '/',
  '/together',
  '/sessions/couples',
  '/sessions/couples/times?month=2027-02&day=2027-02-09',
  '/me/start',
  `/me/leaving/${couple}`
]

t.test('misuse story 6: public and signed-in times are compared after the safety flag', async t => {
  const { choose, request, app, couple, therapist, jo, sam, client } = await openTwo(t)
  const browsers = [undefined, jo, sam].map(token => {
    const browser = visitor(app)
    if (token) browser.cookies.set('person', token)
    return { token, browser }
  })
  const everything = async () => {
    const all = new Map<string, string>()
    for (const [who, { token, browser }] of browsers.entries()) {
      for (const address of addresses(couple)) {
        const { statusCode, body, headers } = await browser.get(address)
        const said = JSON.stringify({ statusCode, body, headers: { ...headers, date: '', 'set-cookie': '' } })
        all.set(`${who} ${address}`, withoutRequestId(said))
      }
      all.set(`${who} quote`, (await request('POST', '/api/session-types/couples/quote', { start }, token)).body)
    }
    return all
  }
  await everything() // Each browser has its cookies after its first page.
  const before = await everything()
  t.match(before.get(`1 ${slots}`), /2027-02-09T15:00:00Z/, 'there are times to compare')
  t.match(before.get('1 /api/me/memberships'), couple, 'and what is one’s own')
  // A booking by hand without a flag, for comparison: the same state, words, deadlines and sums.
  const asBooked = async (at: string) => {
    const { id, ...rest } = (await choose(at)).json()
    const yeses = await client`
      select a.by = 'practice' as practice, (a.deadline - b.created_at)::text as wait from acceptances a
      join bookings b on b.id = a.booking_id where a.booking_id = ${id} order by 1`
    const view = await request('GET', `/api/bookings/${id}`, undefined, sam)
    await request('POST', `/api/bookings/${id}/release`, undefined, jo)
    return withoutIds(JSON.stringify([rest, yeses, view.json()]), at)
  }
  const plain = await asBooked('2027-02-16T15:00:00Z')
  const calm = await everything()
  t.equal((await request('PUT', `/api/clients/${couple}/safety-flag`, undefined, therapist)).statusCode, 204)
  const flagged = await everything()
  for (const [address, said] of calm) t.ok(flagged.get(address) === said, `the same bytes: ${address}`)
  t.ok(flagged.get(`0 ${slots}`) === before.get(`0 ${slots}`), 'and the times of the very beginning')
  t.ok(flagged.get(`1 ${slots}`) === flagged.get(`0 ${slots}`), 'signed in as to the public')
  t.equal(await asBooked('2027-02-23T15:00:00Z'), plain, 'a booking is made in the same words, sums and deadlines')
})

/** What is random, or follows from the chosen day alone, is taken out. */
function withoutIds(text: string, at: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
    .replace(/"token":"[^"]+"/g, 'token')
    .replaceAll(at.slice(0, 10), 'day')
    .replace(/"dueAt":"[^"]+"/g, 'due')
}

/** Each refusal names its own request. */
function withoutRequestId(text: string): string {
  return text.replace(/requestId\\?":\\?"[0-9a-f-]{36}/g, 'requestId')
}
