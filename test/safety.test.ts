import t from 'tap'
import { buildApp } from '../src/app.ts'
import type { CheckoutOrder } from '../src/payments/gateway.ts'
import { liveThrough, marked } from './support/marked.ts'
import { aStart, open } from './support/open.ts'
import { visitor } from './web/visitor.ts'

const host = 'localhost:3000'

t.test('no row, event or job holds a token, a code, a name or an address as it is', async t => {
  const house = await open(t)
  const { client } = house
  const secrets = await liveThrough(house)
  const tables = await client<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'pgboss')`
  t.ok(tables.length > 30, `${tables.length} tables`)
  let rows = 0
  for (const { name } of tables) {
    const all = await client.unsafe<{ text: string }[]>(`select t::text as text from ${name} t`)
    rows += all.length
    for (const secret of secrets)
      for (const form of [secret, Buffer.from(secret).toString('hex'), encodeURIComponent(secret)])
        t.notOk(
          all.some(({ text }) => text.toLowerCase().includes(form.toLowerCase())),
          `${name} holds none of it`
        )
  }
  t.ok(rows > 60, `${rows} rows`)
})

t.test('Stripe is given an address, a sum, opaque addresses of the discreet host, and no token', async t => {
  const { deps, gateway, book, client } = await open(t)
  await client`update practices set hosts = '{localhost,practice.example}', links_host = 'office.example'`
  deps.settings.sandbox = false
  const orders: CheckoutOrder[] = []
  const { openCheckout } = gateway
  gateway.openCheckout = async order => {
    orders.push(order)
    return openCheckout(order)
  }
  const { id, token } = (await book({ person: marked })).json()
  const [order] = orders
  t.match(order, {
    returnUrl: `https://office.example/x/${order?.attempt}`,
    cancelUrl: `https://office.example/b/${id}`,
    displayName: 'TIR Office',
    statement: 'TIR OFFICE',
    email: marked.email
  })
  t.same(Object.keys(order ?? {}).sort(), [
    'amount',
    'attempt',
    'cancelUrl',
    'displayName',
    'email',
    'expiresAt',
    'key',
    'returnUrl',
    'statement'
  ])
  t.notMatch(JSON.stringify(orders), new RegExp(`${token}|Quixote|couples|jessica`, 'i'))
})

t.test(
  'an unknown host is no practice’s, on every page and route; a forwarded host counts from a named proxy alone',
  async t => {
    const { app, deps } = await open(t)
    const behind = await buildApp(deps, { checkoutOrigin: 'https://pay.invalid', trustProxy: '10.0.0.0/8' })
    t.teardown(() => behind.close())
    for (const url of ['/', '/sessions/couples/times', '/console', '/api/practice', '/api/session-types', '/nothing']) {
      const answer = await app.inject({ url, headers: { host: 'evil.example' } })
      t.match(answer, { statusCode: 421 }, url)
      t.notMatch(answer.body, /Intentional|TIR|Jessica/i)
    }
    t.equal((await app.inject({ url: '/livez', headers: { host: '10.0.0.7' } })).statusCode, 200)
    const ask = async (to: typeof app, remoteAddress: string) => {
      const headers = { host: 'evil.example', 'x-forwarded-host': host, 'x-forwarded-proto': 'https' }
      return (await to.inject({ url: '/api/session-types', remoteAddress, headers })).statusCode
    }
    t.same([await ask(app, '10.0.0.7'), await ask(behind, '192.0.2.1'), await ask(behind, '10.0.0.7')], [421, 421, 200])
  }
)

t.test('a page about one person is not stored, not indexed, and its address is named to nobody', async t => {
  const house = await open(t)
  const { app, book, work, mails, gateway, request } = house
  const browser = visitor(app)
  const choice = await browser.post('/b', { type: 'couples', slot: `${aStart} jessica office`, zone: 'UTC' })
  const details = await browser.get(String(choice.headers.location))
  await book()
  const [checkout] = gateway.checkouts.values()
  gateway.pay(checkout?.id ?? '')
  await request('GET', `/x/${checkout?.id.replace('cs_', '')}`)
  await work()
  const [, token] = /\/b\/([\w-]{43})\b/.exec(mails.map(({ text }) => text).join()) ?? []
  const first = await browser.get(`/b/${token}`)
  t.equal(first.statusCode, 303)
  t.notMatch(first.headers.location, token ?? 'none', 'the token leaves the address')
  const page = await browser.get(String(first.headers.location))
  t.equal(page.statusCode, 200)
  const gone = await browser.get('/b/018f0000-0000-7000-8000-000000000000')
  t.equal(gone.statusCode, 401)
  for (const answer of [details, first, page, gone])
    t.match(answer.headers, { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  for (const answer of [details, page]) t.match(answer.headers, { 'x-robots-tag': 'noindex, nofollow' })
  const home = await browser.get('/')
  t.match(home.headers, { 'referrer-policy': 'same-origin', 'cache-control': 'private, no-cache' })
  t.notOk(home.headers['x-robots-tag'])
  const robots = (await browser.get('/robots.txt')).body
  for (const path of ['/b/', '/p/', '/r/', '/f/', '/x/', '/console']) t.match(robots, `Disallow: ${path}\n`)
})

t.test('what the API says of people is stored by nobody, and neither is a refusal', async t => {
  const { book, request, signIn, app } = await open(t)
  const booked = await book()
  const { id, token } = booked.json()
  const staff = await signIn()
  const answers = [
    booked,
    await request('GET', `/api/bookings/${id}`, undefined, token),
    await request('GET', '/api/bookings', undefined, staff),
    await request('GET', '/api/therapists/jessica/time-off', undefined, staff),
    await request('GET', `/api/bookings/${id}`),
    await request('GET', '/api/nothing'),
    await app.inject({ url: '/nothing', headers: { host, accept: 'text/html' } })
  ]
  for (const { headers, statusCode } of answers) t.equal(headers['cache-control'], 'no-store', String(statusCode))
})

t.test('no page may be framed, nothing is guessed, and over https a browser stays there', async t => {
  const { app, deps } = await open(t)
  const secure = { ...deps, settings: { ...deps.settings, publicUrl: 'https://localhost' } }
  const https = await buildApp(secure, { checkoutOrigin: 'https://pay.invalid' })
  t.teardown(() => https.close())
  for (const url of ['/', '/console/sign-in', '/api/session-types', '/nothing']) {
    const { headers } = await https.inject({ url, headers: { host } })
    t.match(headers, {
      'content-security-policy': /frame-ancestors 'none'/,
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'strict-transport-security': /^max-age=31536000/
    })
  }
  t.notOk((await app.inject({ url: '/', headers: { host } })).headers['strict-transport-security'])
  const form = await https.inject({ url: '/console/sign-in', headers: { host, accept: 'text/html' } })
  t.match(String(form.headers['set-cookie']), /^__Host-browser=[\w-]{22}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
})
