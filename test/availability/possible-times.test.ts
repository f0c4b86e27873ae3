import t from 'tap'
import { openCouple } from '../support/couple.ts'
import { staffPassword } from '../support/database.ts'
import type { open } from '../support/open.ts'
import { colleague } from '../support/staff.ts'
import { visitor } from '../web/visitor.ts'

const tuesday = { start: '2027-02-09T14:00:00Z', end: '2027-02-09T18:00:00Z' }
const morning = { start: '2027-02-09T14:00:00Z', end: '2027-02-09T16:30:00Z' }
type House = Pick<Awaited<ReturnType<typeof open>>, 'request'>

const save = ({ request }: House, token: string, windows: object[], more: object = {}) =>
  request('PUT', '/api/me/possible-times', { windows, ...more }, token)
const read = async ({ request }: House, token: string) =>
  (await request('GET', '/api/me/possible-times', undefined, token)).json()
const slots = async ({ request }: House, token?: string, type = 'couples') =>
  (
    await request('GET', `/api/session-types/${type}/slots?from=2027-02-09&to=2027-02-10&zone=UTC`, undefined, token)
  ).json().slots as { start: string; suitsBoth?: boolean }[]
const marked = (found: { start: string; suitsBoth?: boolean }[]) =>
  found.filter(({ suitsBoth }) => suitsBoth).map(({ start }) => start)

t.test('each gives their own times and reads nothing of the other’s; they go when they are over', async t => {
  const house = await openCouple(t)
  const { jo, sam, clock, client } = house
  t.same((await read(house, jo)).windows, [])
  t.match((await save(house, jo, [tuesday])).json(), { windows: [tuesday], showBoth: false })
  t.match(await read(house, sam), { windows: [], showBoth: false })
  t.match((await save(house, sam, [{ start: tuesday.end, end: tuesday.start }])).json(), {
    errors: [{ pointer: '/windows/0' }]
  })
  t.equal((await save(house, jo, [])).json().windows.length, 0, 'and taken back')
  await save(house, jo, [tuesday])
  clock.move({ days: 9 })
  await house.minute()
  t.same(await client`select 1 from member_times`, [])
})

t.test('what suits both is marked for each where both want it, and the list is never another', async t => {
  const house = await openCouple(t)
  const { jo, sam } = house
  const all = await slots(house)
  const same = async (token: string) =>
    (await slots(house, token)).map(({ suitsBoth: _, ...slot }) => JSON.stringify(slot)).join()
  const whole = all.map(slot => JSON.stringify(slot)).join()
  await save(house, jo, [tuesday], { showBoth: true })
  await save(house, sam, [morning])
  t.same(marked(await slots(house, jo)), [], 'one wish alone shows nothing')
  await save(house, sam, [morning], { showBoth: true })
  const both = ['2027-02-09T14:00:00Z', '2027-02-09T14:30:00Z', '2027-02-09T15:00:00Z']
  t.same(marked(await slots(house, jo)), both)
  t.same(marked(await slots(house, sam)), both)
  t.same(marked(await slots(house)), [], 'nobody else sees a mark')
  t.same(marked(await slots(house, jo, 'individual')), [], 'nor what is one’s alone')
  for (const token of [jo, sam]) t.equal(await same(token), whole)
  await save(house, sam, [morning], { showBoth: false })
  t.same(marked(await slots(house, jo)), [])
})

t.test(
  'misuse story 7: without the other’s wish, nothing that they give changes any byte of what one sees',
  async t => {
    const house = await openCouple(t)
    const { jo, sam, request } = house
    await save(house, jo, [tuesday], { showBoth: true })
    const look = async () =>
      JSON.stringify([
        (await request('GET', '/api/session-types/couples/slots?from=2027-02-09&to=2027-02-10&zone=UTC', undefined, jo))
          .body,
        await read(house, jo)
      ])
    const before = await look()
    for (const windows of [[tuesday], [morning], []]) {
      await save(house, sam, windows)
      t.equal(await look(), before)
    }
  }
)

t.test('after one has left nothing is marked any more; who is alone is not asked', async t => {
  const house = await openCouple(t)
  const { jo, sam, couple, request } = house
  for (const token of [jo, sam]) await save(house, token, [tuesday], { showBoth: true })
  t.ok(marked(await slots(house, jo)).length > 0)
  await request('POST', `/api/me/memberships/${couple}/end`, undefined, sam)
  t.same(marked(await slots(house, jo)), [])
  t.notOk('showBoth' in (await read(house, jo)))
  t.match((await save(house, jo, [], { showBoth: true })).json(), { errors: [{ pointer: '/showBoth' }] })
})

t.test('their own therapist sees each one’s times and what suits both, also in a proposal; nobody else', async t => {
  const house = await openCouple(t)
  const { jo, sam, couple, therapist, request, app } = house
  await save(house, jo, [tuesday])
  await save(house, sam, [morning])
  const path = `/api/clients/${couple}/possible-times`
  const seen = (await request('GET', path, undefined, therapist)).json()
  t.match(seen, { members: [{ windows: [tuesday] }, { windows: [morning] }], both: [morning] })
  const assistant = await colleague(house, 'alex', ['assistant'])
  const robin = await colleague(house, 'robin', ['therapist'])
  t.equal((await request('GET', path, undefined, assistant.token)).statusCode, 403)
  t.equal((await request('GET', path, undefined, robin.token)).statusCode, 404)
  t.equal((await request('GET', path, undefined, jo)).statusCode, 403)
  const browser = visitor(app)
  await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  const page = await browser.get(`/console/proposals/new?type=couples&from=2027-02-08&client=${couple}`)
  t.match(page.body, '09:30 · suits both')
  t.notMatch(page.body, '13:00 · suits both')
})

t.test('on the page rows are filled in, kept and emptied, without JavaScript', async t => {
  const house = await openCouple(t)
  const { app, mails, work, client } = house
  const browser = visitor(app)
  const asked = await browser.post('/sign-in', { email: 'jo@example.com' })
  await work()
  const [code] = /\b\d{8}\b/.exec(mails.findLast(({ subject }) => subject === 'Your code')?.text ?? '') ?? []
  await browser.post(String(asked.headers.location), { code: code ?? '' })
  const path = '/me/possible-times'
  t.match((await browser.get(path)).body, 'Mark times that suit us both')
  const form = { from: ['2027-02-09T09:00', ''], to: ['2027-02-09T12:00', ''], showBoth: 'yes' }
  t.match(await browser.post(path, form), { statusCode: 303 })
  const { body } = await browser.get(`${path}?saved=yes`)
  t.match(body, 'value="2027-02-09T09:00"')
  t.match(body, /name="showBoth"[^>]*checked/)
  t.match(await client`select count(*)::int as n from suits_both_wishes`, [{ n: 1 }])
  const wrong = await browser.post(path, { from: '2027-02-09T12:00', to: '2027-02-09T09:00' })
  t.equal(wrong.statusCode, 422)
  t.match(wrong.body, 'A stretch ends after it starts')
  t.match((await browser.post(path, { from: '2027-02-09T12:00', to: '' })).body, 'a start and an end')
})
