import fastify from 'fastify'
import t from 'tap'
import { issueLink } from '../../src/identity/links.ts'
import { addPerson } from '../../src/identity/people.ts'
import { identityPlugin } from '../../src/identity/plugin.ts'
import { newId } from '../../src/kernel/ids.ts'
import { openIdentity } from '../support/identity.ts'

type Opened = Awaited<ReturnType<typeof openIdentity>>
const own = { 'sec-fetch-site': 'same-origin' }

/** A booking's link of a new person. */
async function link({ deps, scope }: Opened, purpose: 'booking_answer' | 'booking_mail' = 'booking_answer') {
  const booking = newId()
  const token = await deps.db.transaction(async tx => {
    const person = await addPerson(deps, tx, scope, { name: 'Jo', email: 'jo@example.com', zone: 'UTC' })
    return issueLink(tx, scope, { purpose, person, subject: booking, expiresAt: deps.now().plus({ hours: 24 }) })
  })
  return { booking, token }
}

t.test(
  'a page’s sign-in slides with each visit, ends when left alone, and after eight hours whatever happens',
  async t => {
    const { request, signInByPage, clock } = await openIdentity(t)
    let cookies = await signInByPage()
    const visit = async (minutes: number) => {
      clock.move({ minutes })
      const answer = await request('GET', '/page/actor', { cookies })
      for (const { name, value } of answer.cookies) cookies = { ...cookies, [name]: value }
      return answer
    }
    t.equal((await visit(0)).cookies.length, 0, 'a fresh one is not signed anew')
    for (let minutes = 14; minutes < 480; minutes += 14) {
      const answer = await visit(14)
      t.equal(answer.json().kind, 'staff', `after ${minutes} minutes`)
      const [cookie] = answer.cookies
      const ends = (cookie?.maxAge ?? 0) / 60
      t.equal(cookie?.expires, undefined, 'no instant, which a browser with another clock would read otherwise')
      t.equal(ends, Math.min(15, 480 - minutes), 'the cookie ends a quarter of an hour on, never after the sign-in')
    }
    t.equal((await visit(14)).json().kind, 'anonymous', 'eight hours are over')
    cookies = await signInByPage()
    t.equal((await visit(15)).json().kind, 'anonymous', 'a quarter of an hour alone')
  }
)

t.test('signing out ends the cookie on the server too', async t => {
  const { request, signInByPage } = await openIdentity(t)
  const cookies = await signInByPage()
  t.equal((await request('GET', '/page/actor', { cookies })).json().kind, 'staff')
  const out = await request('DELETE', '/api/sessions/current', { cookies, headers: own })
  t.equal(out.statusCode, 204)
  t.match(out.cookies, [{ name: 'staff', value: '' }])
  t.equal((await request('GET', '/page/actor', { cookies })).json().kind, 'anonymous')
})

t.test('cookies are bound to the host over https, and plain but closed to scripts over http', async t => {
  for (const [publicUrl, names] of [
    ['http://localhost:3000', ['staff', 'b-', 'browser']],
    ['https://localhost:3000', ['__Host-staff', '__Host-b-', '__Host-browser']]
  ] as const) {
    const opened = await openIdentity(t, { publicUrl })
    const { request, signInByPage } = opened
    const cookies = await signInByPage()
    t.strictSame(Object.keys(cookies), [names[0]])
    t.equal((await request('GET', '/page/actor', { cookies })).json().kind, 'staff', 'and it is found again')
    const kept = await link(opened)
    const booked = await request('POST', '/page/booked', { payload: kept, headers: own })
    const page = await request('GET', '/page')
    t.strictSame(
      [booked, page].map(({ cookies }) => cookies[0]?.name),
      [`${names[1]}${kept.booking}`, names[2]]
    )
    for (const answer of [booked, page]) {
      const header = String(answer.headers['set-cookie'])
      t.match(header, /; Path=\/(;|$)/)
      t.match(header, /; HttpOnly/)
      t.match(header, /; SameSite=Lax/)
      t.notMatch(header, /Domain/)
      t.equal(/; Secure/.test(header), publicUrl.startsWith('https'))
    }
  }
})

t.test('a booking’s token opens that booking, by header or by its own cookie, and no other', async t => {
  const opened = await openIdentity(t)
  const { request, clock } = opened
  const [mine, other] = [await link(opened), await link(opened, 'booking_mail')]
  const read = async (booking: string, more: object) => (await request('GET', `/api/bookings/${booking}`, more)).json()
  t.match(await read(mine.booking, { token: mine.token }), { kind: 'booking', booking: mine.booking })
  t.match(await read(other.booking, { token: other.token }), { booking: other.booking, purpose: 'booking_mail' })
  t.match(await read(other.booking, { token: mine.token }), { booking: mine.booking }, 'the use case sees whose it is')
  const cookies = { [`b-${mine.booking}`]: mine.token, [`b-${other.booking}`]: other.token }
  t.match(await read(mine.booking, { cookies }), { kind: 'booking', booking: mine.booking })
  t.match(await read(other.booking, { cookies }), { kind: 'booking', booking: other.booking })
  t.match(
    await read(other.booking, { cookies: { [`b-${other.booking}`]: mine.token } }),
    { status: 401 },
    'a moved one'
  )
  t.match(await read(newId(), { cookies }), { status: 401 })
  t.equal((await request('GET', '/api/staff', { token: mine.token })).statusCode, 401)
  clock.move({ hours: 24 })
  t.match(await read(mine.booking, { cookies }), { status: 401 }, 'and not after its end')
})

t.test(
  'who is staff and booker in one browser is the booker of that booking, and staff where a booker may not be',
  async t => {
    const opened = await openIdentity(t)
    const { booking, token } = await link(opened)
    const cookies = { ...(await opened.signInByPage()), [`b-${booking}`]: token }
    const read = await opened.request('GET', `/api/bookings/${booking}`, { cookies })
    t.match(read.json(), { kind: 'booking' })
    const approve = await opened.request('POST', `/api/bookings/${booking}/approval`, {
      cookies,
      headers: own,
      payload: {}
    })
    t.match(approve.json(), { kind: 'staff' })
  }
)

t.test('a route that does not say who may use it does not start', async t => {
  const { deps } = await openIdentity(t)
  const app = fastify()
  t.teardown(() => app.close())
  await app.register(identityPlugin, { deps })
  app.get('/api/forgotten', async () => 'all')
  await t.rejects(async () => void (await app.ready()), { message: /GET \/api\/forgotten does not say/ })
})

t.test('machines are answered at any host, and belong to no practice', async t => {
  const { request } = await openIdentity(t)
  const at = (url: string, host: string) => request('GET', url, { headers: { host } })
  t.strictSame((await at('/machine', '10.0.0.7:3000')).json(), { kind: 'anonymous' })
  t.match((await at('/api/open', '10.0.0.7:3000')).json(), { status: 421, type: '/problems/wrong-host' })
})
