import { brotliDecompressSync, gzipSync } from 'node:zlib'
import t from 'tap'
import { open } from '../support/open.ts'
import { titleOf, valuesOf, visitor } from './visitor.ts'

const pages = [
  '/',
  '/together',
  '/alone',
  '/not-sure',
  '/contact',
  '/how-we-write',
  '/sessions/couples',
  '/sessions/couples/times',
  '/console/sign-in',
  '/nothing'
]

t.test(
  'no page carries an inline script, style or handler, a foreign address to load, or a preview for messengers',
  async t => {
    const { app } = await open(t)
    for (const address of pages) {
      const { body } = await visitor(app).get(address)
      t.notMatch(body, /<script(?![^>]* src=)|<style| style=| on[a-z]+=|og:|(src|rel="[^"]*" href)="https?:/, address)
    }
  }
)

t.test('every page says in the sandbox that it is a demonstration', async t => {
  const { app } = await open(t)
  for (const address of pages)
    t.match(
      (await visitor(app).get(address)).body,
      'This is a demonstration: no mail leaves this machine, no card is charged.',
      address
    )
})

t.test('what is not public is not on the home page, and its own page is not there', async t => {
  const { app, client } = await open(t)
  await client`update session_types set public = false where slug = 'individual'`
  const home = await visitor(app).get('/')
  t.match(home.body, '/sessions/couples')
  t.notMatch(home.body, '/sessions/individual')
  t.equal((await visitor(app).get('/sessions/individual')).statusCode, 404)
  t.equal((await visitor(app).get('/sessions/individual/times')).statusCode, 404)
})

t.test('a day is linked only where it has free times, and its times are those of the API', async t => {
  const { app, request } = await open(t)
  const page = await visitor(app).get('/sessions/couples/times?month=2027-02&day=2027-02-09')
  const days = [...page.body.matchAll(/id="d(2027-02-\d\d)"/g)].map(([, day = '']) => day)
  const query = 'from=2027-02-01&to=2027-02-28&zone=America/New_York'
  const { slots } = (await request('GET', `/api/session-types/couples/slots?${query}`)).json()
  const starts: string[] = slots.map(({ start }: { start: string }) => start)
  t.same(days, [...new Set(starts.map(start => start.slice(0, 10)))])
  t.same(
    valuesOf(page, 'slot').map(value => value.split(' ')[0]),
    starts.filter(start => start.startsWith('2027-02-09'))
  )
})

t.test('a month without free times says when the next one is', async t => {
  const { app, request, signIn } = await open(t)
  const token = await signIn()
  const off = { start: '2027-02-01T00:00:00-05:00', end: '2027-03-01T00:00:00-05:00' }
  await request('POST', '/api/therapists/jessica/time-off', off, token)
  const page = await visitor(app).get('/sessions/couples/times?month=2027-02')
  t.match(page.body, 'There is no free time in these weeks.')
  t.match(page.body, 'Mon 1 Mar, 09:00 EST')
})

t.test('another zone shows both clocks, and a zone that does not exist shows the practice’s', async t => {
  const { app } = await open(t)
  const berlin = await visitor(app).get('/sessions/couples/times?day=2027-02-09&zone=Europe/Berlin')
  t.match(berlin.body, 'Berlin time (GMT+1). Your 15:00 is 09:00 at the practice (EST).')
  const none = await visitor(app).get('/sessions/couples/times?day=2027-02-09&zone=Mars/Crater')
  t.match(none.body, 'New York time (EST)')
})

t.test('a page of the public site carries the practice’s name, and a missing page is a page', async t => {
  const { app } = await open(t)
  t.equal(titleOf(await visitor(app).get('/together')), 'Together · The Intentional Relationship')
  const missing = await visitor(app).get('/nothing')
  t.match(missing, { statusCode: 404, headers: { 'content-type': /text\/html/ } })
})

t.test('leaving quickly takes the cookies along and tells the next site nothing', async t => {
  const { app } = await open(t)
  const answer = await visitor(app).get('/leave')
  t.match(answer, { statusCode: 303, headers: { 'referrer-policy': 'no-referrer', 'clear-site-data': /cookies/ } })
})

t.test(
  'a first view is at most 100 kB of HTML, CSS and JavaScript, in few requests, kept for good by the browser',
  async t => {
    const { app } = await open(t)
    const page = await visitor(app).get('/sessions/couples/times')
    const addresses = [
      ...new Set([...page.body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, address = '']) => address))
    ]
    t.ok(addresses.length + 1 <= 25, `${addresses.length + 1} requests`)
    let bytes = gzipSync(page.body).length
    for (const url of addresses) {
      const answer = await app.inject({ url, headers: { host: 'localhost:3000', 'accept-encoding': 'br' } })
      t.match(answer, { statusCode: 200, headers: { 'cache-control': 'public, max-age=31536000, immutable' } })
      if (answer.headers['content-encoding'] === 'br') t.ok(brotliDecompressSync(answer.rawPayload).length > 0)
      if (!url.endsWith('.woff2')) bytes += answer.rawPayload.length
    }
    t.comment(`${bytes} bytes compressed, ${addresses.length + 1} requests`)
    t.ok(bytes <= 100_000, `${bytes} bytes`)
  }
)

t.test(
  'the practice’s clock is named with its day where that is another, and an hour that comes twice is marked',
  async t => {
    const { app, request, signIn } = await open(t, { start: '2027-10-20T12:00:00Z' })
    const browser = visitor(app)
    const hours = {
      zone: 'America/New_York',
      hours: [],
      exceptions: [{ date: '2027-11-07', hours: [{ from: '00:00', to: '06:00' }] }]
    }
    await request('PUT', '/api/therapists/jessica/opening-hours', hours, await signIn())
    const page = (zone: string, day: string) => browser.get(`/sessions/individual/times?zone=${zone}&day=${day}`)
    const home = (await page('America/New_York', '2027-11-07')).body
    t.match(home, />01:30 EDT</)
    t.match(home, />01:30 EST</)
    t.match(home, />00:30</, 'what stands once needs no mark')
    const away = await page('Pacific/Honolulu', '2027-11-06')
    t.match(away.body, /Your 18:00 is Sun 7 Nov, 00:00 at the practice/)
  }
)
