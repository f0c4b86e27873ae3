import type { Test } from 'tap'
import t from 'tap'
import { staffPassword } from '../support/database.ts'
import { renew } from '../support/joint.ts'
import { open } from '../support/open.ts'
import { typed, visitor } from './visitor.ts'

const slot = '2027-03-09T14:00:00Z jessica office'
const type = 'intensive-1-day'
const word = 'I have spoken with each of the two, alone'
const caller = { type, from: '2027-03-08', slot, name: 'Robin Caller', email: 'robin@example.com' }

async function signedIn(t: Test) {
  const house = await open(t)
  const browser = visitor(house.app)
  await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  const yeses = () => house.client`select by, answer from acceptances order by by`
  return { ...house, browser, yeses }
}

t.test('where each has a call first, the page offers no booking for both, and a stale form is told so', async t => {
  const { app, client } = await open(t)
  const { get, post } = visitor(app)
  const each = await post('/b', { type, slot, zone: 'America/New_York' })
  const form = String((await post(String(each.headers.location), { go: 'yes' })).headers.location)
  const { body } = await get(form)
  t.notMatch(body, 'We have both agreed')
  t.match(body, 'Before this each of you has a private call. You get a page to give to the other of you')
  t.match(body, /Suggest this time/)
  const stale = await post(form, typed)
  t.match(stale, { statusCode: 422, body: /Each of you has a private call first: choose this together/ })
  t.match(await client`select count(*)::int from bookings`, [{ count: 0 }])
  const asked = await post(form, { ...typed, agreed: 'together' })
  t.equal(asked.statusCode, 303)
  t.match((await get(String(asked.headers.location))).body, /\/a\/[\w-]{43}/)
})

t.test('staff say on the page of a new booking, or of the booking later, that each was spoken with', async t => {
  const { browser, yeses, client } = await signedIn(t)
  t.match((await browser.get(`/console/new-booking?type=${type}&from=2027-03-08`)).body, word)
  t.notMatch((await browser.get('/console/new-booking?type=couples&from=2027-03-08')).body, word)
  const made = await browser.post('/console/new-booking', { ...caller, payment: 'link' })
  t.equal(made.statusCode, 303, made.body)
  const page = String(made.headers.location)
  t.match((await browser.get(page)).body, /The other of the two: not known yet[\s\S]*value="spoken"/)
  t.match(await browser.post(`${page}/approval`, { answer: 'spoken' }), { statusCode: 303 })
  const given = [
    { by: 'partner', answer: null },
    { by: 'practice', answer: 'accept' }
  ]
  t.match(await yeses(), given)
  t.notMatch((await browser.get(page)).body, 'value="spoken"')
  t.match(await client`select count(*)::int from audit where kind = 'spoken-with-each'`, [{ count: 1 }])
  const later = { ...caller, slot: '2027-03-16T13:00:00Z jessica office', payment: 'link', spokenWithEach: 'yes' }
  t.equal((await browser.post('/console/new-booking', later)).statusCode, 303)
  t.match(await client`select count(*)::int from acceptances where answer = 'accept'`, [{ count: 2 }])
})

t.test('what came of a client’s own request offers staff no such word', async t => {
  const { browser, book } = await signedIn(t)
  const { id } = (await book({ sessionType: type, start: '2027-03-09T14:00:00Z', together: true })).json()
  const page = `/console/bookings/${id}`
  t.match((await browser.get(page)).body, 'The other of the two: not known yet')
  t.notMatch((await browser.get(page)).body, 'value="spoken"')
  t.match((await browser.post(`${page}/approval`, { answer: 'spoken' })).statusCode, 422)
  const agenda = (await browser.get('/console')).body
  t.match(
    agenda,
    'A private call with each comes first. Jo Delgado: not booked yet. The other of the two: not known yet.'
  )
  t.match(agenda, 'value="decline"')
  t.notMatch(agenda, 'value="accept"', 'a yes that would be refused is not offered')
})

t.test('a proposal tells before it is accepted that the other is asked, and then shows the page for them', async t => {
  const { app, browser, mails, work, yeses } = await signedIn(t)
  t.match((await browser.get(`/console/proposals/new?type=${type}&from=2027-03-08`)).body, word)
  const terms = { price: '2000', until: '2027-02-05T12:00', hold: 'yes', spokenWithEach: 'yes' }
  t.equal((await browser.post('/console/proposals/new', { ...caller, ...terms })).statusCode, 303)
  await work()
  const link = /\/o\/[\w-]{43}/.exec(mails.at(-1)?.text ?? '')?.[0] ?? ''
  const guest = visitor(app)
  t.match((await guest.get(link)).body, 'who says yes or no there. Nothing is charged before.')
  const start = '2027-03-09T14:00:00.000Z'
  const yes = { answer: 'accept', start, consent: 'yes', termsVersion: '1' }
  const accepted = await guest.post(`${link}/acceptance`, yes)
  t.match(accepted, { statusCode: 303, headers: { location: /^\/b\// } }, accepted.body)
  const own = (await guest.get(String(accepted.headers.location))).body
  t.match(own, /\/a\/[\w-]{43}/)
  t.notMatch(own, 'private call', 'none is waited for')
  t.match(await yeses(), [{ answer: null }, { answer: 'accept' }])
})

t.test('only where there are two does a session’s page speak of a call with each', async t => {
  const house = await open(t)
  await renew(house, 'individual', '{"rules": {"approval": true, "callEach": true}}')
  const { get } = visitor(house.app)
  t.match((await get('/sessions/individual')).body, 'By the practice, within two working days.')
  t.match((await get(`/sessions/${type}`)).body, 'By the practice, after a short private call with each of you.')
})

t.test(
  'a booking’s page goes by what was booked: whether calls were asked for then, not whether they are now',
  async t => {
    const house = await open(t)
    const { book, request, openedBy } = house
    const asked = async (start: string, together: boolean) =>
      String((await book({ sessionType: 'couples', start, together })).json().id)
    const page = async (id: string) => (await request('GET', `/b/${id}`, undefined, await openedBy(id))).body
    await renew(house, 'couples', '{"rules": {"approval": true}}')
    const before = await asked('2027-02-16T15:00:00Z', false)
    await renew(house, 'couples', '{"rules": {"callEach": true}}')
    const since = await asked('2027-02-23T15:00:00Z', true)
    await renew(house, 'couples', '{"rules": {"callEach": false}}')
    t.match(await page(since), 'You will hear from us when it can be confirmed, or if it cannot. Until then nothing')
    await renew(house, 'couples', '{"rules": {"callEach": true}}')
    t.match(await page(before), /You will hear from us by Wed 3 Feb/)
  }
)

t.test(
  'nor does the mailed link, which tells the time alone, name a deadline that moves with the other’s call',
  async t => {
    const { app, book, mails, work } = await open(t)
    await book({ sessionType: type, start: '2027-03-09T14:00:00Z', together: true })
    await work()
    const guest = visitor(app)
    const opened = await guest.get(/\/b\/[\w-]{43}/.exec(mails.map(({ text }) => text).join())?.[0] ?? '')
    const { body } = await guest.get(String(opened.headers.location))
    t.match(body, 'You will hear from us when it can be confirmed, or if it cannot.')
    t.notMatch(body, 'You will hear from us by')
  }
)
