import t from 'tap'
import { makeLog } from '../src/kernel/log.ts'
import { liveThrough, marked } from './support/marked.ts'
import { aStart, open } from './support/open.ts'

const mark = 'zzyzx'

/** The house with every line of its log kept, from the lowest level on. */
async function openLogged(t: Parameters<typeof open>[0]) {
  const lines: string[] = []
  const log = makeLog('trace', { write: line => void lines.push(line) })
  const house = await open(t, { log })
  /** Fails on a line that holds one of these, however it is written. */
  const mustBeClean = (secrets: readonly string[]) => {
    for (const secret of [mark, 'quixote', ...secrets]) {
      t.ok(secret.length > 3, 'there is something to look for')
      for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('hex')])
        t.same(
          lines.filter(line => line.toLowerCase().includes(form.toLowerCase())),
          [],
          `a line holds ${secret}`
        )
    }
  }
  return { ...house, log, lines, mustBeClean }
}

t.test('no line names a person, a code or a token, from the booking to the last mail', async t => {
  const house = await openLogged(t)
  const secrets = await liveThrough(house)
  t.ok(secrets.length > 12 && secrets.every(secret => secret), 'they all came up')
  t.ok(house.lines.length > 10, `${house.lines.length} lines`)
  t.match(
    house.lines.map(line => JSON.parse(line)),
    house.lines.map(() => ({ msg: String }))
  )
  t.ok(
    house.lines.some(line => line.includes('"route":"/b/:id"')),
    'a route is told by its pattern'
  )
  house.mustBeClean(secrets)
})

t.test('input that is wrong leaves nothing of itself in a line', async t => {
  const { app, request, lines, mustBeClean } = await openLogged(t)
  const host = 'localhost:3000'
  const headers = {
    host,
    authorization: `Bearer ${mark}`,
    cookie: `staff=${mark}; browser=${mark}`,
    'user-agent': mark
  }
  const json = { ...headers, 'content-type': 'application/json' }
  await app.inject({ method: 'POST', url: '/api/bookings', headers: json, payload: `{"name": "${mark}"` })
  await app.inject({ method: 'POST', url: '/api/bookings', headers: json, payload: { [mark]: mark, person: marked } })
  await app.inject({
    method: 'POST',
    url: '/api/sessions',
    headers: json,
    payload: { email: marked.email, password: mark }
  })
  await app.inject({ method: 'POST', url: '/b', headers, payload: `slot=${mark}` })
  for (const url of [
    `/${mark}`,
    `/b/${mark}?${mark}=${mark}`,
    `/b/new/${mark}`,
    `/x/${mark}`,
    `/%${mark}`,
    `/calendars/${mark}.ics`
  ])
    for (const accept of ['text/html', 'application/json']) await app.inject({ url, headers: { ...headers, accept } })
  await app.inject({ url: '/', headers: { ...headers, host: `${mark}.example` } })
  await app.inject({
    method: 'POST',
    url: '/stripe/webhook',
    headers: { ...json, 'stripe-signature': mark },
    payload: mark
  })
  await request('GET', `/api/session-types/${mark}/slots?from=${mark}&to=x&zone=${mark}`)
  t.ok(lines.length > 15, `${lines.length} lines`)
  mustBeClean([marked.email])
})

t.test('a bug’s line tells where it was and of what kind, and nothing of what it was about', async t => {
  const house = await openLogged(t)
  const { app, deps, client, gateway, lines, book, work, mustBeClean } = house
  const bugs = () => lines.filter(line => line.includes('"msg":"A bug"')).map(line => JSON.parse(line))
  const { openCheckout } = gateway
  gateway.openCheckout = async order => {
    throw Object.assign(new Error(`${order.email} at ${order.returnUrl}`), { raw: order, code: 'ERR_BROKEN' })
  }
  t.equal((await book({ person: marked })).statusCode, 500)
  gateway.openCheckout = openCheckout
  // PostgreSQL tells the whole row where a check fails, and Drizzle every parameter.
  await client`alter table sessions add constraint broken check (device is null) not valid`
  const payload = { email: 'jessica@example.com', password: 'correct horse battery' }
  const headers = { host: 'localhost:3000', 'user-agent': mark }
  t.equal((await app.inject({ method: 'POST', url: '/api/sessions', headers, payload })).statusCode, 500)
  await client`alter table contact_points add constraint broken check (length(value) < 1) not valid`
  t.equal((await book({ person: marked, start: '2027-02-10T15:00:00Z' })).statusCode, 500)
  await client`alter table contact_points drop constraint broken`
  t.match(bugs(), [
    { route: '/api/bookings', err: { code: 'ERR_BROKEN', at: [/logs\.test\.ts/] } },
    { route: '/api/sessions', err: { cause: { code: '23514', table_name: 'sessions', constraint_name: 'broken' } } },
    { route: '/api/bookings', err: { code: '23514', table_name: 'contact_points' } }
  ])
  deps.mailer.send = async mail => {
    throw Object.assign(new Error(`550 ${mail.to}`), { code: 'EENVELOPE', rejected: [mail.to] })
  }
  await book({ person: marked, sessionType: 'consultation', start: aStart.replace('09T15', '11T15') })
  await work()
  const unwritten = lines.map(line => JSON.parse(line)).find(({ msg }) => msg === 'A mail cannot be written')
  t.match(unwritten, { err: { code: 'EENVELOPE', at: [/logs\.test\.ts/] } })
  mustBeClean([marked.email, payload.password])
})
