import t from 'tap'
import { staffPassword } from '../../support/database.ts'
import { open } from '../../support/open.ts'
import { calendar, outsideServer } from '../../support/outside-server.ts'
import { colleague } from '../../support/staff.ts'
import { visitor } from '../../web/visitor.ts'

const at = '/api/therapists/jessica/outside-calendars'
const tuesday = '/api/session-types/individual/slots?from=2027-02-09&to=2027-02-09&zone=America/New_York'
/** Tuesday 9 February, 10:00 to 12:00 in New York. */
const morning = ['DTSTART:20270209T150000Z', 'DTEND:20270209T170000Z']
const span = 'from=2027-02-01&to=2027-03-01'

t.test('what a calendar outside says busy cannot be booked, and can again when it says so no more', async t => {
  const { request, signIn, book } = await open(t)
  const server = await outsideServer(t, calendar(morning, ['DTSTART:20270209T170000Z', 'DURATION:PT30M']))
  const token = await signIn()
  const starts = async () => (await request('GET', tuesday)).json().slots.map(({ start }: { start: string }) => start)
  const before = await starts()
  const added = await request('POST', at, { kind: 'ics', url: `${server.origin}/secret.ics` }, token)
  t.equal(added.statusCode, 201, added.body)
  const { id, ...state } = added.json()
  t.same(state, {
    kind: 'ics',
    state: 'synced',
    syncedAt: '2027-02-01T12:00:00Z',
    staleSince: null,
    skipped: 0,
    fault: null
  })
  const busy = (await request('GET', `${at}/${id}/busy?${span}`, undefined, token)).json()
  t.same(busy, { items: [{ start: '2027-02-09T15:00:00Z', end: '2027-02-09T17:30:00Z' }] }, 'merged, and no title')
  const after = await starts()
  t.same(
    before.filter((start: string) => !after.includes(start)),
    ['2027-02-09T14:30:00Z', '2027-02-09T15:00:00Z', '2027-02-09T15:30:00Z', '2027-02-09T16:00:00Z'],
    'also those whose buffer or end would reach into it'
  )
  const taken = await book({ sessionType: 'individual', start: '2027-02-09T15:00:00Z' })
  t.match(taken.json(), { type: '/problems/slot-taken', status: 409 })
  server.answer(calendar())
  const synced = await request('POST', `${at}/${id}/sync`, undefined, token)
  t.match([synced.statusCode, synced.json().state], [200, 'synced'])
  t.same(await starts(), before)
  t.equal((await book({ sessionType: 'individual', start: '2027-02-09T15:00:00Z' })).statusCode, 201)
})

t.test('when it cannot be had, what was known stays, with since when and why', async t => {
  const { request, signIn, clock, client } = await open(t)
  const server = await outsideServer(t, calendar(morning))
  const token = await signIn()
  const { id } = (await request('POST', at, { kind: 'ics', url: `${server.origin}/secret.ics` }, token)).json()
  const busyNow = async () => (await request('GET', `${at}/${id}/busy?${span}`, undefined, token)).json().items.length
  const faults = {
    refused: 401,
    gone: 404,
    unavailable: 503
  }
  clock.move({ minutes: 1 })
  for (const [fault, status] of Object.entries(faults)) {
    server.answer((_request, response) => response.writeHead(status).end())
    const answer = (await request('POST', `${at}/${id}/sync`, undefined, token)).json()
    t.match(answer, { state: 'stale', fault, syncedAt: '2027-02-01T12:00:00Z', staleSince: '2027-02-01T12:01:00Z' })
    t.equal(await busyNow(), 1)
    clock.move({ minutes: 1 })
  }
  for (const [fault, text] of [
    ['not-a-calendar', '<html>Sign in</html>'],
    ['cut-off', calendar(morning).slice(0, -20)],
    ['too-large', `${calendar(morning)}${' '.repeat(5 * 1024 * 1024)}`]
  ] as const) {
    server.answer(text)
    t.match((await request('POST', `${at}/${id}/sync`, undefined, token)).json(), { state: 'stale', fault })
    t.equal(await busyNow(), 1)
  }
  server.answer(calendar(morning, ['DTSTART:NOTADATE']))
  t.match((await request('POST', `${at}/${id}/sync`, undefined, token)).json(), {
    state: 'synced',
    staleSince: null,
    fault: null,
    skipped: 1
  })
  const kept = JSON.stringify(await client`select * from outside_calendars, outside_busy`)
  t.notMatch(kept, /secret|127\.0\.0\.1/, 'neither the address nor a title is kept as it is')
  t.notMatch((await request('GET', at, undefined, token)).body, /secret|127\.0\.0\.1/)
})

t.test('a calendar is asked whether it changed, and read again each day all the same', async t => {
  const { request, signIn, clock } = await open(t)
  const text = calendar(morning)
  const server = await outsideServer(t, (request, response) => {
    response.setHeader('etag', '"1"').setHeader('last-modified', 'Mon, 01 Feb 2027 10:00:00 GMT')
    if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end()
    else response.end(text)
  })
  const token = await signIn()
  const { id } = (await request('POST', at, { kind: 'ics', url: `${server.origin}/x.ics` }, token)).json()
  clock.move({ hours: 23 })
  const again = await signIn()
  t.match((await request('POST', `${at}/${id}/sync`, undefined, again)).json(), { syncedAt: '2027-02-02T11:00:00Z' })
  clock.move({ hours: 2 })
  await request('POST', `${at}/${id}/sync`, undefined, await signIn())
  t.match(
    server.asked.map(({ headers }) => [headers['if-none-match'], headers['if-modified-since']]),
    [
      [undefined, undefined],
      ['"1"', 'Mon, 01 Feb 2027 10:00:00 GMT'],
      [undefined, undefined]
    ]
  )
  t.match(server.asked[0]?.headers['user-agent'], /^Mozilla\/5\.0 /)
})

t.test('it is read again before a time is sold, if that is more than ten minutes ago', async t => {
  const { request, signIn, clock, book } = await open(t)
  const server = await outsideServer(t, calendar())
  await request('POST', at, { kind: 'ics', url: `${server.origin}/x.ics` }, await signIn())
  server.answer(calendar(morning))
  clock.move({ minutes: 9 })
  t.equal((await book({ sessionType: 'individual', start: '2027-02-09T16:00:00Z' })).statusCode, 201, 'not yet')
  t.equal(server.asked.length, 1)
  clock.move({ minutes: 2 })
  const rivals = await Promise.all(
    ['one', 'two', 'three'].map(name =>
      book({
        sessionType: 'individual',
        start: '2027-02-09T15:00:00Z',
        person: { name, email: `${name}@example.com`, zone: 'America/New_York' }
      })
    )
  )
  t.same(
    rivals.map(({ statusCode }) => statusCode),
    [409, 409, 409]
  )
  t.equal(server.asked.length, 2, 'once for all who asked at the same moment')
  server.answer((_request, response) => response.writeHead(500).end())
  clock.move({ minutes: 11 })
  t.equal((await book({ sessionType: 'individual', start: '2027-02-09T20:00:00Z' })).statusCode, 201)
  t.equal(
    (await book({ sessionType: 'individual', start: '2027-02-09T15:00:00Z' })).statusCode,
    409,
    'stale is not free'
  )
  t.equal(server.asked.length, 3, 'one that could not be had is left alone for a while')
})

t.test('the job reads what is due, and what is not due is left', async t => {
  const { request, signIn, clock, minute, client } = await open(t)
  const server = await outsideServer(t, calendar())
  const { id } = (await request('POST', at, { kind: 'ics', url: `${server.origin}/x.ics` }, await signIn())).json()
  clock.move({ minutes: 11 })
  await minute()
  t.equal(server.asked.length, 1)
  clock.move({ minutes: 8 })
  await minute()
  t.equal(server.asked.length, 2)
  const [row] = await client<{ seconds: number }[]>`
    select extract(epoch from due_at - ${clock.now().toISO()}::timestamptz)::int as seconds from outside_calendars where id = ${id}`
  t.ok(row && row.seconds >= 12 * 60 && row.seconds <= 18 * 60, 'next in about a quarter of an hour')
})

t.test('what is booked already stays, and is shown to whoever decides and to whoever comes', async t => {
  const { request, signIn, confirmed, app, openedBy } = await open(t)
  const { id } = await confirmed({ sessionType: 'weekly', occurrences: 4 })
  const shown = async () => {
    const headers = { host: 'localhost:3000', accept: 'text/html', authorization: `Bearer ${await openedBy(id)}` }
    return (await app.inject({ url: `/b/${id}`, headers })).body
  }
  const server = await outsideServer(t, calendar(morning))
  const token = await signIn()
  const tasks = async () => (await request('GET', '/api/tasks', undefined, token)).json().items
  t.same(await tasks(), [])
  t.notMatch(await shown(), /we are away at this time/i)
  await request('POST', at, { kind: 'ics', url: `${server.origin}/x.ics` }, token)
  t.match((await request('GET', `/api/bookings/${id}`, undefined, token)).json(), { state: 'confirmed' })
  t.same(await tasks(), [{ kind: 'conflict', id, dueAt: '2027-02-09T15:00:00Z', late: false, danger: false }])
  t.equal((await shown()).match(/we are away at this time/gi)?.length, 1, 'of four weeks beside that one')
  const { get, post } = visitor(app)
  await post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  const page = await get('/console/outside-calendars')
  t.match(page.body, /Booked here, busy elsewhere/)
  t.match(page.body, `/console/bookings/${id}`)
  t.match((await get('/console/tasks')).body, 'or another calendar says busy')
  await request('POST', `/api/bookings/${id}/cancellation`, undefined, token)
  t.same(await tasks(), [], 'cancelled')
})

t.test('an address that is not right is refused with what would be', async t => {
  const { request, signIn } = await open(t)
  const token = await signIn()
  const refused = async (body: object) => (await request('POST', at, body, token)).json()
  const pointers = async (body: object) =>
    (await refused(body)).errors.map(({ pointer }: { pointer: string }) => pointer)
  t.same(await pointers({ kind: 'ics', url: 'not an address' }), ['/url'])
  t.same(await pointers({ kind: 'ics', url: 'file:///etc/passwd' }), ['/url'])
  t.same(await pointers({ kind: 'caldav', url: 'https://example.com/' }), ['/user', '/password'])
  for (const url of [
    'http://10.0.0.1/',
    'http://169.254.169.254/latest',
    'https://[fd00::1]/',
    'http://[::ffff:10.0.0.1]/'
  ])
    t.match(await refused({ kind: 'ics', url }), {
      status: 422,
      errors: [{ pointer: '/url', detail: /not on the public internet/ }]
    })
  t.equal((await request('GET', at, undefined, token)).json().items.length, 0)
})

t.test('an event that began before there were dates, or never ends, is told like any other', async t => {
  const { request, signIn } = await open(t)
  const token = await signIn()
  for (const event of [
    ['DTSTART:20270209T150000Z', 'DURATION:P999999W'],
    ['DTSTART:00000101T000000Z', 'DTEND:20280101T000000Z']
  ]) {
    const server = await outsideServer(t, calendar(event))
    const added = await request('POST', at, { kind: 'ics', url: `${server.origin}/secret.ics` }, token)
    t.match(added.json(), { state: 'synced', skipped: 0 }, added.body)
    const busy = await request('GET', `${at}/${added.json().id}/busy?${span}`, undefined, token)
    t.equal(busy.statusCode, 200, busy.body)
    t.equal(busy.json().items.length, 1)
    const slots = (await request('GET', tuesday)).json().slots as { start: string }[]
    t.notOk(
      slots.some(({ start }) => start >= '2027-02-09T15:00:00Z'),
      'and nothing can be booked meanwhile'
    )
    await request('DELETE', `${at}/${added.json().id}`, undefined, token)
  }
})

t.test('before a move the calendars of its therapists are read again, and nobody else’s', async t => {
  const house = await open(t)
  const { request, signIn, clock, confirmed } = house
  const alex = await colleague(house, 'alex', ['therapist'])
  const [own, others] = [await outsideServer(t, calendar()), await outsideServer(t, calendar())]
  await request('POST', at, { kind: 'ics', url: `${own.origin}/x.ics` }, await signIn())
  const theirs = { kind: 'ics', url: `${others.origin}/x.ics` }
  t.equal((await request('POST', at.replace('jessica', 'alex'), theirs, alex.token)).statusCode, 201)
  const { appointment, token } = await confirmed({ therapist: 'jessica' })
  clock.move({ minutes: 11 })
  const start = '2027-02-11T15:00:00Z'
  t.equal((await request('POST', `/api/appointments/${appointment}/move`, { start }, token)).statusCode, 200)
  t.same([own.asked.length, others.asked.length], [2, 1])
})
