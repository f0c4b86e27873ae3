import t from 'tap'
import { holdCall, payFor } from '../support/after-calls.ts'
import { someone } from '../support/open.ts'
import { monday, openDays } from '../support/private-days.ts'
import { colleague } from '../support/staff.ts'

const caller = { ...someone, name: 'Robin Caller', email: 'robin@example.com' }
const other = { ...someone, name: 'Sam Okafor', email: 'sam@example.com' }
const consent = { termsVersion: 1 }
const wish = { sessionType: 'intensive-2-day', start: monday }
const spoken = { spokenWithEach: true }

type House = Awaited<ReturnType<typeof openDays>>

/** The page that whoever booked gives to the other, as their own page of it shows it. */
async function linkOf({ request, openedBy, app }: House, id: string): Promise<string> {
  const token = await openedBy(id)
  const page = await app.inject({ url: `/b/${token}`, headers: { host: 'localhost:3000' } })
  const cookie = String(page.headers['set-cookie']).split(';')[0] ?? ''
  const { body } = await app.inject({ url: `/b/${id}`, headers: { host: 'localhost:3000', cookie } })
  const link = /\/a\/[\w-]{43}/.exec(body)?.[0]
  if (!link)
    throw new Error(
      `There is no page to give to the other: ${(await request('GET', `/api/bookings/${id}`, undefined, token)).body}`
    )
  return link
}

const accept = async ({ request, signInPerson }: House, id: string, link: string) =>
  request('POST', `/api/bookings/${id}/acceptance`, { answer: 'accept', link }, await signInPerson(other.email))

const approve = async ({ request, signIn }: House, id: string) =>
  request('POST', `/api/bookings/${id}/approval`, { approved: true }, await signIn())

/** Which yeses a booking waits for, and which of them came. */
const answersOf = ({ yeses }: { yeses: { by: string; answer: string | null }[] }) =>
  Object.fromEntries(yeses.map(({ by, answer }) => [by, answer]))

/** A call with each of the two, as each books it. */
async function callEach(house: House, first: { email: string }) {
  await holdCall(house, first, '2027-02-02T15:00:00Z')
  await holdCall(house, other, '2027-02-03T15:00:00Z')
}

t.test('nobody books for both what each has a call before; asked together, two calls lead to a yes', async t => {
  const house = await openDays(t)
  for (const more of [{}, { together: false }]) {
    const refused = (await house.book({ ...wish, ...more })).json()
    t.match(refused, { status: 422, errors: [{ pointer: '/together', detail: /private call first: send true/ }] })
  }
  t.match(await house.client`select count(*)::int from bookings`, [{ count: 0 }])
  const booked = (await house.book({ ...wish, together: true })).json()
  t.match(booked, { state: 'requested', partnerLink: String })
  t.equal((await accept(house, booked.id, booked.partnerLink)).statusCode, 200)
  t.match((await approve(house, booked.id)).json(), { type: '/problems/calls-first' })
  await callEach(house, someone)
  t.match((await approve(house, booked.id)).json(), { state: 'held' })
  t.equal(await payFor(house, booked.id), 'confirmed')
})

t.test('a caller is given a page for the other; after a call with each the practice says yes', async t => {
  const house = await openDays(t)
  const body = { ...wish, person: caller, payment: 'link' }
  const made = (await house.request('POST', '/api/staff/bookings', body, await house.signIn())).json()
  t.equal(made.state, 'requested')
  t.same(answersOf(made), { practice: null, other: null })
  t.equal((await accept(house, made.id, await linkOf(house, made.id))).statusCode, 200)
  t.match((await approve(house, made.id)).json(), { type: '/problems/calls-first' })
  await callEach(house, caller)
  t.match((await approve(house, made.id)).json(), { state: 'held' })
  t.equal(await payFor(house, made.id), 'confirmed')
})

t.test('what the practice has booked itself a therapist can say yes to later, on their word; nothing else', async t => {
  const house = await openDays(t)
  const { request, signIn, client } = house
  const say = async (id: string) =>
    request('POST', `/api/bookings/${id}/approval`, { approved: true, ...spoken }, await signIn())
  const body = { ...wish, person: caller, payment: 'link' }
  const made = (await request('POST', '/api/staff/bookings', body, await signIn())).json()
  const asked = (await house.book({ ...wish, start: '2027-03-10T14:00:00Z', together: true })).json()
  const refused = (await say(asked.id)).json()
  t.match(refused, { status: 422, errors: [{ pointer: '/spokenWithEach', detail: /The client asked for this/ }] })
  const link = await linkOf(house, made.id)
  t.match((await say(made.id)).json(), { state: 'requested' })
  t.match(await client`select subjects from audit where kind = 'spoken-with-each'`, [{ subjects: [made.id] }])
  t.equal((await accept(house, made.id, link)).statusCode, 200)
  t.equal(await payFor(house, made.id), 'confirmed')
})

t.test('a therapist who has spoken with each says so once, and only the other is asked', async t => {
  const house = await openDays(t)
  const { request, client, signIn, work, mails } = house
  const body = { ...wish, person: caller, payment: 'link' }
  const wrong = { ...body, ...spoken, sessionType: 'couples', start: '2027-02-09T15:00:00Z' }
  const token = await signIn()
  t.match((await request('POST', '/api/staff/bookings', wrong, token)).json(), {
    errors: [{ pointer: '/spokenWithEach' }]
  })
  const made = (await request('POST', '/api/staff/bookings', { ...body, ...spoken }, token)).json()
  t.equal(made.state, 'requested')
  t.same(answersOf(made), { practice: 'accept', other: null })
  const [line] = await client`select actor, subjects from audit where kind = 'spoken-with-each'`
  t.match(line, { actor: /^staff:/, subjects: [made.id] })
  await work()
  t.same([...new Set(mails.map(({ to }) => to))], [caller.email], 'nobody writes to the other')
  t.equal((await accept(house, made.id, await linkOf(house, made.id))).statusCode, 200)
  t.equal(await payFor(house, made.id), 'confirmed')
  const members = await client`
    select 1 from memberships m join bookings b on b.client_id = m.client_id where b.id = ${made.id}`
  t.equal(members.length, 2)
})

/** A proposal of these days to somebody new, accepted by its link. @returns the booking, with the other's page */
async function acceptedProposal(house: House, more: object = {}) {
  const { request, signIn } = house
  const price = { amount: 450_000, currency: 'USD' }
  const until = '2027-02-05T17:00:00Z'
  const body = { sessionType: wish.sessionType, person: caller, price, starts: [monday], hold: true, until, ...more }
  const proposed = await request('POST', '/api/proposals', body, await signIn())
  const link = String(proposed.json().url).split('/o/')[1]
  const { before } = (await request('GET', `/api/proposal-links/${link}`)).json()
  const page = await house.app.inject({ url: `/o/${link}`, headers: { host: 'localhost:3000' } })
  const answer = { answer: 'accept', start: monday, consent }
  const accepted = (await request('POST', `/api/proposal-links/${link}/answers`, answer)).json()
  return { before, page: page.body, ...accepted, id: String(accepted.booking) }
}

t.test('what was proposed privately asks the other, too, and after a call with each the practice says yes', async t => {
  const house = await openDays(t)
  const made = await acceptedProposal(house)
  t.match(made, { before: 'calls', state: 'accepted', payment: null, partnerLink: /\/a\// })
  t.match(made.page, /we speak with each of you alone/)
  t.match(made.page, /\$2,250 when it is confirmed/)
  t.equal((await accept(house, made.id, made.partnerLink)).statusCode, 200)
  t.match((await approve(house, made.id)).json(), { type: '/problems/calls-first' })
  await callEach(house, caller)
  t.match((await approve(house, made.id)).json(), { state: 'held', price: { amount: 450_000 } })
  t.equal(await payFor(house, made.id), 'confirmed')
})

t.test('proposed after a conversation with each, it waits for the other alone', async t => {
  const house = await openDays(t)
  const made = await acceptedProposal(house, spoken)
  t.match(made, { before: 'other', state: 'accepted', payment: null })
  t.notMatch(made.page, /we speak with each/)
  t.match(await house.client`select count(*)::int from audit where kind = 'spoken-with-each'`, [{ count: 1 }])
  t.equal((await accept(house, made.id, made.partnerLink)).statusCode, 200)
  t.equal(await payFor(house, made.id), 'confirmed')
})

t.test('an assistant cannot say that anybody was spoken with', async t => {
  const house = await openDays(t)
  const { token } = await colleague(house, 'alex', ['assistant'])
  const body = { ...wish, person: caller, payment: 'link', ...spoken }
  t.equal((await house.request('POST', '/api/staff/bookings', body, token)).statusCode, 403)
})
