import { drizzle } from 'drizzle-orm/postgres-js'
import { pino } from 'pino'
import postgres from 'postgres'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { entriesOf, faultOf, openFeeds } from '../support/feeds.ts'
import { aStart, someone } from '../support/open.ts'

const tomorrow = '2027-02-10T15:00:00Z'

t.test('a held booking is in no feed; a confirmed one is in the booker’s and the therapist’s', async t => {
  const { book, confirmed, ofTherapist, ofBooker, fetch } = await openFeeds(t)
  const held = (await book()).json()
  const paid = await confirmed({ start: tomorrow })
  const summaries = async (address: { url: string }) =>
    entriesOf((await fetch(address)).body).map(({ summary, dtstart }) => [summary, dtstart])
  t.same(await summaries(await ofTherapist()), [
    [`Appointment ${paid.id.slice(-6).toUpperCase()}`, '2027-02-10T10:00:00']
  ])
  t.same(await summaries(await ofBooker(paid.token)), [['Appointment', '2027-02-10T10:00:00']])
  t.same(await summaries(await ofBooker(held.token)), [])
})

t.test('whatever is accepted, the answer is a calendar with its validators, and gives no cookie', async t => {
  const { app, clock, confirmed, ofTherapist, fetch } = await openFeeds(t)
  await confirmed()
  const address = await ofTherapist()
  t.match(address.url, /^http:\/\/localhost:3000\/calendars\/[\w-]{43}\.ics$/)
  t.equal(address.webcal, address.url.replace('http:', 'webcal:'))
  const signIn = await app.inject({
    method: 'POST',
    url: '/console/sign-in',
    headers: { host: 'localhost:3000', 'sec-fetch-site': 'same-origin' },
    payload: { email: 'jessica@example.com', password: 'correct horse battery' }
  })
  const cookie = signIn.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  // Old enough that a page would give the cookie anew.
  clock.move({ minutes: 2 })
  const asked: Record<string, string>[] = [{}, { accept: 'text/html' }, { accept: 'application/json', cookie }]
  for (const headers of asked) {
    const answer = await fetch(address, headers)
    t.match(answer, {
      statusCode: 200,
      headers: {
        'content-type': 'text/calendar; charset=utf-8',
        'cache-control': 'private, max-age=300',
        'last-modified': 'Mon, 01 Feb 2027 12:02:00 GMT',
        etag: /^"[\w-]{43}"$/
      }
    })
    t.equal(answer.headers['set-cookie'], undefined)
    t.equal(faultOf(answer.body), undefined)
    const head = await fetch(address, headers, 'HEAD')
    t.equal(head.body, '')
    t.equal(head.headers.etag, answer.headers.etag)
    t.equal(head.headers['content-length'], String(Buffer.byteLength(answer.body)))
  }
  const robots = await app.inject({ url: '/robots.txt', headers: { host: 'localhost:3000' } })
  t.notMatch(robots.body, /calendars|Disallow: \/$/m)
})

t.test('who has the bytes already gets 304 with the tag and how long to keep them', async t => {
  const { clock, confirmed, ofTherapist, fetch } = await openFeeds(t)
  await confirmed()
  const address = await ofTherapist()
  const { etag } = (await fetch(address)).headers
  const ask = (tag: string, method?: 'HEAD') => fetch(address, { 'if-none-match': tag }, method)
  for (const tag of [`${etag}`, `W/${etag}`, `"x", W/"y" , ${etag}`, '*']) {
    for (const answer of [await ask(tag), await ask(tag, 'HEAD')]) {
      t.match(answer, { statusCode: 304, body: '', headers: { etag, 'cache-control': 'private, max-age=300' } }, tag)
      t.equal(answer.headers['content-type'], undefined)
    }
  }
  for (const tag of ['"x"', `W/"x", "${etag}`, 'x']) t.equal((await ask(tag)).statusCode, 200, tag)
  clock.move({ days: 1 })
  t.equal((await ask(`${etag}`)).statusCode, 304, 'a new day that changes nothing is the same bytes')
})

t.test('who keeps no tag but the date gets 304 until the bytes are others', async t => {
  const { clock, confirmed, ofTherapist, fetch } = await openFeeds(t)
  clock.set('2027-02-01T12:00:00.700Z')
  await confirmed()
  const address = await ofTherapist()
  const { etag, 'last-modified': modified } = (await fetch(address)).headers
  t.equal(modified, 'Mon, 01 Feb 2027 12:00:00 GMT')
  clock.move({ hours: 1 })
  const ask = (since: string, more: Record<string, string> = {}, method?: 'HEAD') =>
    fetch(address, { 'if-modified-since': since, ...more }, method)
  // RFC 9110, 5.6.7: the form of today, and the two from before, which a server must still take.
  for (const since of [`${modified}`, 'Monday, 01-Feb-27 12:00:00 GMT', 'Mon Feb  1 12:00:00 2027'])
    for (const answer of [await ask(since), await ask(since, {}, 'HEAD')]) {
      t.match(answer, { statusCode: 304, body: '', headers: { etag, 'last-modified': modified } }, since)
      t.equal(answer.headers['content-type'], undefined)
    }
  for (const since of ['Mon, 01 Feb 2027 11:59:59 GMT', '2027-02-01T12:00:00Z', '9999', 'yesterday', ''])
    t.equal((await ask(since)).statusCode, 200, since)
  t.equal((await ask(`${modified}`, { 'if-none-match': '"x"' })).statusCode, 200, 'a tag says it better')
  t.equal((await ask('Mon, 01 Feb 2027 11:59:59 GMT', { 'if-none-match': `${etag}` })).statusCode, 304)
  await confirmed({ start: tomorrow, person: { ...someone, email: 'sam@example.com' } })
  const changed = await ask(`${modified}`)
  t.match(changed, { statusCode: 200, headers: { 'last-modified': 'Mon, 01 Feb 2027 13:00:00 GMT' } })
  t.equal(entriesOf(changed.body).length, 2)
})

t.test('an unknown, revoked or rotated address, and one that nobody fetched for 90 days, is nothing', async t => {
  const { clock, request, staff, confirmed, ofTherapist, fetch } = await openFeeds(t)
  await confirmed()
  const [used, unused, revoked] = [await ofTherapist(), await ofTherapist(), await ofTherapist()]
  t.equal((await fetch(revoked)).statusCode, 200)
  t.equal((await request('DELETE', `/api/therapists/jessica/feeds/${revoked.id}`, undefined, staff)).statusCode, 204)
  const unknown = { url: `http://localhost:3000/calendars/${'x'.repeat(43)}.ics` }
  for (const address of [unknown, revoked, { url: 'http://localhost:3000/calendars/x.ics' }]) {
    const answer = await fetch(address, { 'if-none-match': '*' })
    t.equal(answer.statusCode, 404)
    t.match(answer.headers['content-type'], /^application\/problem\+json/)
    t.match(answer.json(), { type: '/problems/no-such-feed', instance: '/calendars/:token.ics' })
  }
  clock.move({ days: 89 })
  t.equal((await fetch(used)).statusCode, 200)
  clock.move({ days: 1 })
  t.equal((await fetch(used)).statusCode, 200, 'a fetch keeps it alive')
  t.equal((await fetch(unused)).statusCode, 404)
  clock.move({ days: 90 })
  t.equal((await fetch(used)).statusCode, 404)
})

t.test('an unchanged feed costs one query and writes nothing anew', async t => {
  const { deps, databaseUrl, confirmed, ofTherapist, fetch, clock } = await openFeeds(t)
  await confirmed()
  const address = await ofTherapist()
  const first = await fetch(address)
  const statements: string[] = []
  const client = postgres(databaseUrl, {
    onnotice: () => {},
    connection: { TimeZone: 'UTC', DateStyle: 'ISO, MDY' },
    debug: (_connection, query) => statements.push(query)
  })
  const app = await buildApp({ ...deps, db: drizzle(client) }, { checkoutOrigin: 'https://pay.invalid' })
  t.teardown(async () => {
    await app.close()
    await client.end()
  })
  const ask = async (headers: Record<string, string> = {}) => {
    statements.length = 0
    const url = new URL(address.url).pathname
    const answer = await app.inject({ url, headers: { host: 'localhost:3000', ...headers } })
    return { answer, asked: statements.filter(text => !/from\s+pg_catalog|from "practices"/.test(text)) }
  }
  const sealed = await ask()
  t.same([sealed.asked.length, sealed.answer.body], [1, first.body], 'also in a process that has not seen it')
  const again: Record<string, string>[] = [{}, { 'if-none-match': `${first.headers.etag}` }]
  for (const headers of again) {
    const { answer, asked } = await ask(headers)
    t.equal(asked.length, 1, asked.join('\n'))
    t.equal(answer.body, answer.statusCode === 304 ? '' : first.body)
  }
  await confirmed({ start: tomorrow })
  t.ok((await ask()).asked.length > 1, 'a change is read')
  t.equal((await ask()).asked.length, 1)
  clock.move({ days: 1 })
  t.ok((await ask()).asked.length > 1, 'a new day is read')
  t.equal((await ask()).asked.length, 1)
})

t.test('what is kept is sealed, and no log line holds the address', async t => {
  const { deps, client, confirmed, ofTherapist, fetch } = await openFeeds(t)
  await confirmed()
  const address = await ofTherapist({ style: 'names' })
  await fetch(address)
  const [row] = await client<{ content: Buffer; whole: string }[]>`select content, feeds::text as whole from feeds`
  t.ok(row?.content.length)
  t.notMatch(row?.content.toString('latin1'), /VCALENDAR|Delgado/)
  const token = new URL(address.url).pathname.slice('/calendars/'.length, -'.ics'.length)
  t.notMatch(row?.whole, token)
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: line => lines.push(line) })
  const app = await buildApp({ ...deps, log }, { checkoutOrigin: 'https://pay.invalid' })
  t.teardown(() => app.close())
  const ask = (path: string) => app.inject({ url: path, headers: { host: 'localhost:3000' } })
  await ask(`/calendars/${token}.ics`)
  await ask(`/calendars/${token}x.ics`)
  await ask(`/calendars/${token}`)
  await client`update people set data_key = 'spoilt'`
  t.equal((await ask(`/calendars/${token}.ics`)).statusCode, 500, 'a bug is logged too')
  t.match(lines.join('\n'), '/calendars/:token.ics')
  t.notMatch(lines.join('\n'), token)
})

t.test('nobody is told type, therapist, place or name, unless the reader chose so', async t => {
  const { client, confirmed, ofTherapist, ofBooker, fetch } = await openFeeds(t)
  const { id, token } = await confirmed({ person: { ...someone, name: 'Jo Delgado' } })
  const telling = /jessica|couples|therapy|session|intentional|delgado|office|york(?!\r|:|\d)/i
  const [mine, code, busy] = [await ofBooker(token), await ofTherapist(), await ofTherapist({ scope: 'busy' })]
  for (const address of [mine, code, busy]) t.notMatch((await fetch(address)).body, telling)
  t.match(entriesOf((await fetch(busy)).body), [{ summary: 'Busy' }])
  t.notMatch((await fetch(busy)).body, /^(CREATED|LAST-MODIFIED:202[^6]|LOCATION)/m)
  const titles = async (style: string) => entriesOf((await fetch(await ofTherapist({ style }))).body)[0]?.summary
  t.equal(await titles('initials'), 'Appointment J. D.')
  t.equal(await titles('names'), 'Appointment Jo Delgado')
  t.notMatch((await fetch(await ofTherapist({ style: 'names' }))).body, /couples|jessica|office/i)
  await client`update people set wording = 'plain' where id = (select booker_id from bookings where id = ${id})`
  const [plain] = entriesOf((await fetch(mine)).body)
  t.match(plain, { summary: 'A session for two', location: /\w/ })
  t.match(entriesOf((await fetch(code)).body), [{ summary: /^Appointment [0-9A-F]{6}$/ }], 'for that person only')
})

t.test('the entry is the mailed invitation’s: same UID, sequence and stamp', async t => {
  const { ofTherapist, ofBooker, fetch, work, mails, clock, gateway, book, request } = await openFeeds(t)
  const booked = (await book({ start: aStart })).json()
  clock.move({ minutes: 3 })
  const checkout = String(booked.payment.url).split('/').at(-1) ?? ''
  gateway.pay(checkout)
  await request('GET', `/x/${checkout.replace('cs_', '')}`)
  await work()
  const invited = (to: string) => entriesOf(mails.find(mail => mail.to === to)?.invitation?.calendar ?? '')[0]
  for (const [to, address] of [
    ['jo@example.com', await ofBooker(booked.token)],
    ['jessica@example.com', await ofTherapist()]
  ] as const) {
    const [entry] = entriesOf((await fetch(address)).body)
    const { uid, sequence, dtstamp, dtstart, dtend, summary } = invited(to) ?? {}
    t.match(entry, { uid, sequence, dtstamp, dtstart, dtend, summary }, to)
    t.equal(dtstamp, '2027-02-01T12:03:00Z', 'the moment of the confirmation')
  }
})
