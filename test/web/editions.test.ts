import type { Test } from 'tap'
import t from 'tap'
import { workLikeJessica } from '../support/care.ts'
import { staffPassword } from '../support/database.ts'
import { couple, openRetreat } from '../support/retreat.ts'
import { colleague } from '../support/staff.ts'
import { valuesOf, visitor } from './visitor.ts'

const all = '/console/editions'
const wanted = { type: 'retreat', offering: 'jessica office', day: '2027-08-05', min: '1', max: '4', state: 'open' }

/** A member of staff in a browser, with the page of one edition. */
async function openConsole(t: Test, own: Parameters<typeof openRetreat>[1] = {}) {
  const house = await openRetreat(t, own)
  const browser = visitor(house.app)
  await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  const page = `${all}/${house.edition}`
  return { ...house, browser, page, body: async () => (await browser.get(page)).body }
}

t.test('what is wrong with new dates is said above the form, and nothing that was typed is lost', async t => {
  const { browser, client } = await openConsole(t)
  const [before] = await client<{ count: number }[]>`select count(*)::int as count from editions`
  const given = { ...wanted, min: 'two', max: '1', goNoGoOn: '2027-07-01', blocks: '1 14:00-18:00\nSunday all day' }
  const answer = await browser.post(all, given)
  t.equal(answer.statusCode, 422)
  const said = /role="alert"[^>]*>([^<]*)/.exec(answer.body)?.[1] ?? ''
  t.match(said, /At least: /)
  t.match(said, /Other hours: /)
  t.match(valuesOf(answer, 'day'), ['2027-08-05'])
  t.match(valuesOf(answer, 'min'), ['two'])
  t.match(valuesOf(answer, 'max'), ['1'])
  t.match(valuesOf(answer, 'goNoGoOn'), ['2027-07-01'])
  t.match(answer.body, /1 14:00-18:00\nSunday all day/)
  const fewer = await browser.post(all, { ...wanted, min: '5' })
  t.equal(fewer.statusCode, 422)
  const taken = await browser.post(all, { ...wanted, day: '2027-06-11' })
  t.equal(taken.statusCode, 409)
  t.match(valuesOf(taken, 'day'), ['2027-06-11'])
  t.match(await client`select count(*)::int as count from editions`, [{ count: before?.count }])
})

t.test('dates with hours of their own, and a day by which it is decided, are shown as they were typed', async t => {
  const { browser, client } = await openConsole(t)
  const blocks = '1 14:00-18:00\n2 09:00-17:00\n3 rest'
  const made = await browser.post(all, { ...wanted, goNoGoOn: '2027-07-01', blocks })
  t.match(made, { statusCode: 303, headers: { location: /^\/console\/editions\/[\w-]{36}$/ } }, made.body)
  const { body } = await browser.get(String(made.headers.location))
  t.match(body, 'Say so by Thu 1 Jul')
  t.match(body, /Thu 5 Aug[\s\S]*14:00[\s\S]*18:00[\s\S]*Fri 6 Aug[\s\S]*09:00[\s\S]*17:00/)
  t.match(body, 'Kept free afterwards: Sat 7 Aug')
  const [row] =
    await client`select min, max, state from editions where id = ${String(made.headers.location).split('/')[3] ?? ''}`
  t.match(row, { min: 1, max: 4, state: 'open' })
})

t.test('it takes place, or it does not, by one button; a yes can be followed by a no', async t => {
  const { browser, page, body, confirmedSeat, work, mails } = await openConsole(t)
  await confirmedSeat('a')
  t.match(await body(), 'Does it take place?')
  t.match(await browser.post(page, { decision: 'go' }), { statusCode: 303 })
  t.match(await body(), 'It takes place: you have said so.')
  mails.length = 0
  t.match(await browser.post(page, { decision: 'no_go' }), { statusCode: 303 })
  await work()
  t.notMatch(await body(), 'Cancel these dates')
  t.ok(mails.some(({ to, invitation }) => to === couple('a').email && invitation?.brings === 'CANCEL'))
})

t.test(
  'who comes and who waits stand on the page; a therapist’s word approves, and then a place can be given',
  async t => {
    const { browser, page, body, wait, seat, line, work } = await openConsole(t, { max: 1, approval: true })
    const booked = (await seat('a', { together: true, person: { ...couple('a'), name: 'Ada Comes' } })).json()
    for (const word of ['b', 'c']) await wait(word)
    t.match(await body(), 'Ada Comes')
    t.match(await body(), /asked for · \$4,800 to come[\s\S]*For one couple\./)
    const own = (await browser.get(`/console/bookings/${booked.id}`)).body
    t.match(own, /Thu 10 Jun – Sat 12 Jun[\s\S]*Fri 11 Jun[\s\S]*13:30–16:30/, 'all of its days')
    const [, entry = ''] = [...(await body()).matchAll(/line\/([\w-]{36})\/approval/g)].map(([, id = '']) => id)
    const give = { entry, by: 'client', reason: 'They asked us to' }
    const early = await browser.post(`${page}/seats/${booked.id}/transfer`, give)
    t.match(early, { statusCode: 409, body: /role="alert"[^>]*>[^<]*Approve the couple first/ })
    const approval = `${page}/line/${entry}/approval`
    const without = await browser.post(approval)
    t.match(without, { statusCode: 409, body: /role="alert"[^>]*>A private call with each comes first/ })
    t.match(without.body, 'I have spoken with each of the two, alone')
    t.match(await browser.post(approval, { spokenWithEach: 'yes' }), { statusCode: 303 })
    t.match(await body(), 'you know them')
    const unexplained = await browser.post(`${page}/seats/${booked.id}/transfer`, { ...give, reason: '' })
    t.match(unexplained, { statusCode: 422, body: /role="alert"[^>]*>Reason: / })
    t.match(await browser.post(`${page}/seats/${booked.id}/transfer`, give), { statusCode: 303 })
    await work()
    t.same(
      (await line()).map(({ state }) => state),
      ['offered', 'waiting']
    )
    t.notMatch(await body(), 'Ada Comes')
  }
)

t.test('where nobody else could lead the dates, no form asks with whom', async t => {
  const { browser, body } = await openConsole(t)
  t.notMatch((await browser.get(all)).body, 'Together with')
  t.notMatch(await body(), 'Who leads it')
})

t.test('who leads dates with whom is chosen with new ones or later, and taken back; a refusal is said', async t => {
  const house = await openConsole(t)
  const { browser, client, request } = house
  const alex = await colleague(house, 'alex', ['therapist'])
  await workLikeJessica(client, 'alex')
  t.match((await browser.get(all)).body, 'Together with')
  const given = { ...wanted, with: 'alex' }
  const wrong = await browser.post(all, { ...given, with: 'jessica' })
  t.match(wrong, { statusCode: 422, body: /role="alert"[^>]*>Together with: Name another therapist/ })
  t.notMatch(wrong.body, '/with:')
  t.match(wrong.body, /<option value="jessica" selected/, 'what was chosen is still there')
  const made = await browser.post(all, given)
  t.equal(made.statusCode, 303, made.body)
  const at = String(made.headers.location)
  const shown = async () => (await browser.get(at)).body
  t.match(await shown(), /With Jessica[^<]* and alex\. At the office/)
  t.match(await shown(), 'Kept free afterwards: Sun 8 Aug')
  t.match(await shown(), /<option value="alex" selected/)
  t.equal((await browser.post(at, { with: 'nobody' })).statusCode, 303)
  t.match(await shown(), /With Jessica[^<]*\. At the office/)
  t.notMatch(await shown(), /<option value="alex" selected/)
  const rest = { start: '2027-08-08T04:00:00Z', end: '2027-08-09T04:00:00Z' }
  const { id } = (await request('POST', '/api/therapists/alex/time-off', rest, alex.token)).json()
  const away = await browser.post(at, { with: 'alex' })
  t.match(away, { statusCode: 409, body: /role="alert"/ }, 'also over the day of rest')
  t.match(await shown(), /With Jessica[^<]*\. At the office/)
  await request('DELETE', `/api/therapists/alex/time-off/${id}`, undefined, alex.token)
  t.equal((await browser.post(at, { with: 'alex' })).statusCode, 303)
  t.match(await shown(), /With Jessica[^<]* and alex\. At the office/)
})

t.test('dates for which nobody has a place are cancelled without a word of what was booked', async t => {
  const { body, confirmedSeat, wait } = await openConsole(t, { max: 1 })
  const empty = await body()
  t.match(empty, /nobody comes so far[\s\S]*Nobody has a place\. The days are free again/)
  await confirmedSeat('a')
  await wait('b')
  const full = await body()
  t.match(
    full,
    'What one couple booked is cancelled and everything that was paid goes back; everybody is told by mail.'
  )
  t.match(full, 'One couple that waits is told by mail. The days are free again')
})
