import t from 'tap'
import { buildApp } from '../src/app.ts'
import { staffPassword } from './support/database.ts'
import { aStart, open, someone } from './support/open.ts'
import { visitor } from './web/visitor.ts'

const jessica = 'jessica@example.com'
const windowOf = (from: string) => `/api/session-types/couples/slots?from=${from}&to=2027-03-01&zone=America/New_York`

t.test('120 bookings a minute of one network address are answered, the next is refused and told when', async t => {
  const { book, clock } = await open(t)
  const tries = Array.from({ length: 120 }, (_, index) => {
    const person = { ...someone, email: `n${index}@example.com` }
    return book({ person, start: `2027-02-${String(9 + (index % 10)).padStart(2, '0')}T15:00:00Z` })
  })
  const answers = await Promise.all(tries)
  t.equal(answers.filter(({ statusCode }) => statusCode === 429).length, 0)
  clock.move({ seconds: 18 })
  const refused = await book()
  t.match(refused.json(), { type: '/problems/too-many', status: 429, detail: /42 seconds/ })
  t.equal(refused.headers['retry-after'], '42')
  t.match(refused.headers['content-type'], /problem\+json/)
  clock.move({ seconds: 42 })
  t.not((await book()).statusCode, 429)
})

t.test('pages and programs share the limit on bookings, and a page says it in a sentence', async t => {
  const { book, app } = await open(t, { limits: { bookings: 1 } })
  const browser = visitor(app)
  const choice = await browser.post('/b', { type: 'couples', slot: `${aStart} jessica office`, zone: 'UTC' })
  await book()
  const page = await browser.post(String(choice.headers.location), { name: 'Jo' })
  t.equal(page.statusCode, 429)
  t.match(page.body, 'Too many requests from here')
  t.match(page.headers['retry-after'], /^\d+$/)
})

t.test(
  'sign-ins that fail are counted by network address, for whatever account; those that succeed are not',
  async t => {
    const { request, clock } = await open(t, { limits: { signIns: 3 } })
    const signIn = async (email: string, password: string) =>
      (await request('POST', '/api/sessions', { email, password })).statusCode
    for (let count = 0; count < 5; count++) t.equal(await signIn(jessica, staffPassword), 200)
    for (const email of ['a@example.com', 'b@example.com', jessica]) t.equal(await signIn(email, 'wrong'), 401)
    t.equal(await signIn(jessica, staffPassword), 429)
    clock.move({ minutes: 15 })
    t.equal(await signIn(jessica, staffPassword), 200)
  }
)

t.test('the console’s sign-in counts with the API’s', async t => {
  const { request, app } = await open(t, { limits: { signIns: 2 } })
  const browser = visitor(app)
  t.equal((await browser.post('/console/sign-in', { email: jessica, password: 'wrong' })).statusCode, 401)
  t.equal((await request('POST', '/api/sessions', { email: jessica, password: 'wrong' })).statusCode, 401)
  t.equal((await browser.post('/console/sign-in', { email: jessica, password: staffPassword })).statusCode, 429)
})

t.test('quotes are counted, and windows of free times only where they have to be made', async t => {
  const { request } = await open(t, { limits: { quotes: 2, windows: 2 } })
  const quote = async () => (await request('POST', '/api/session-types/couples/quote', { start: aStart })).statusCode
  t.same([await quote(), await quote(), await quote()], [200, 200, 429])
  for (let count = 0; count < 20; count++) t.equal((await request('GET', windowOf('2027-02-08'))).statusCode, 200)
  t.equal((await request('GET', windowOf('2027-02-09'))).statusCode, 200)
  t.equal((await request('GET', windowOf('2027-02-10'))).statusCode, 429)
  const { app: other } = await open(t, { limits: { windows: 2 } })
  const page = async (zone: string) =>
    (await visitor(other).get(`/sessions/couples/times?month=2027-02&zone=${zone}`)).statusCode
  const zones = ['UTC', 'UTC', 'UTC', 'Asia/Tokyo', 'Europe/Rome']
  const seen = []
  for (const zone of zones) seen.push(await page(zone))
  t.same(seen, [200, 200, 200, 200, 429], 'and pages count alike')
})

t.test('whose address it is says the connection; a forwarded one is believed of a named proxy alone', async t => {
  const { app, deps } = await open(t, { limits: { quotes: 1 } })
  const behind = await buildApp(deps, { checkoutOrigin: 'https://pay.invalid', trustProxy: '127.0.0.1' })
  t.teardown(() => behind.close())
  const quote = async (to: typeof app, forwarded: string, remoteAddress = '127.0.0.1') => {
    const headers = { host: 'localhost:3000', 'x-forwarded-for': forwarded }
    const url = '/api/session-types/couples/quote'
    return (await to.inject({ method: 'POST', url, headers, remoteAddress, payload: { start: aStart } })).statusCode
  }
  t.same([await quote(app, '192.0.2.1'), await quote(app, '192.0.2.2')], [200, 429], 'nobody is named')
  t.same([await quote(behind, '192.0.2.1'), await quote(behind, '192.0.2.2')], [200, 200])
  t.equal(await quote(behind, '192.0.2.1'), 429)
  const foreign = [await quote(behind, '192.0.2.3', '198.51.100.1'), await quote(behind, '192.0.2.4', '198.51.100.1')]
  t.same(foreign, [200, 429], 'somebody else who claims to be a proxy')
})

t.test('an IPv6 network of 64 bits is one address, and a mapped IPv4 address is that address', async t => {
  const { app } = await open(t, { limits: { quotes: 1 } })
  const quote = async (remoteAddress: string) => {
    const url = '/api/session-types/couples/quote'
    const headers = { host: 'localhost:3000' }
    return (await app.inject({ method: 'POST', url, headers, remoteAddress, payload: { start: aStart } })).statusCode
  }
  t.same([await quote('2001:db8:0:1::1'), await quote('2001:db8:0:1:ffff::2')], [200, 429])
  t.equal(await quote('2001:db8:0:2::1'), 200)
  t.same([await quote('::ffff:192.0.2.9'), await quote('192.0.2.9')], [200, 429])
})
