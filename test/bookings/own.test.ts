import t from 'tap'
import { aStart, open, someone } from '../support/open.ts'

const later = '2027-02-10T15:00:00Z'
const booking = { sessionType: 'individual', start: later, consent: { termsVersion: 1 } }

t.test('who is signed in books as themselves: no new person, one client, and their own address', async t => {
  const { request, signInPerson, client, mails, gateway, work } = await open(t)
  const emails: string[] = []
  const { openCheckout } = gateway
  gateway.openCheckout = async order => {
    emails.push(order.email)
    return openCheckout(order)
  }
  const token = await signInPerson()
  const me = (await request('GET', '/api/me', undefined, token)).json()
  const people = async () => (await client`select id from people`).length
  const before = await people()
  const booked = await request('POST', '/api/bookings', { ...booking, person: someone }, token)
  t.equal(booked.statusCode, 201, booked.body)
  const again = await request('POST', '/api/bookings', { ...booking, start: '2027-02-11T15:00:00Z' }, token)
  t.equal(again.statusCode, 201, 'without saying once more who they are')
  t.equal(await people(), before)
  const rows = await client`select distinct booker_id, client_id from bookings`
  t.match([...rows], [{ booker_id: me.id }])
  t.equal(rows.length, 1, 'both are of one client')
  t.equal(
    (await request('GET', '/api/me', undefined, token)).json().name,
    someone.name,
    'the first name that they gave'
  )
  t.same(emails, [someone.email, someone.email])
  await work()
  t.same([...new Set(mails.map(({ to }) => to))], [someone.email])
})

t.test('who is signed in names no other address, and who is not says who they are', async t => {
  const { request, signInPerson } = await open(t)
  const token = await signInPerson()
  const other = await request(
    'POST',
    '/api/bookings',
    { ...booking, person: { ...someone, email: 'al@example.com' } },
    token
  )
  t.match(other.json(), { status: 422, errors: [{ pointer: '/person/email' }] })
  const nobody = await request('POST', '/api/bookings', booking)
  t.match(nobody.json(), { status: 422, errors: [{ pointer: '/person' }] })
})

t.test(
  'one’s own bookings are listed, opened, paid, moved and cancelled without their token, and nobody else’s',
  async t => {
    const { request, signInPerson, confirmed, book, clock } = await open(t)
    const token = await signInPerson()
    const stranger = await signInPerson('al@example.com')
    const own = (await request('POST', '/api/bookings', { ...booking, person: someone }, token)).json()
    const foreign = await confirmed()
    const list = (await request('GET', '/api/me/bookings', undefined, token)).json()
    t.match(list, { items: [{ id: own.id, sessionType: 'individual', price: {}, payment: { url: /./ } }], next: null })
    t.equal(list.items.length, 1, 'a booking with the same address is not theirs by that')
    t.equal((await request('GET', `/api/bookings/${own.id}`, undefined, token)).statusCode, 200)
    t.equal((await request('POST', `/api/bookings/${own.id}/payment`, {}, token)).statusCode, 200)
    for (const [id, reader] of [
      [foreign.id, token],
      [own.id, stranger]
    ] as const) {
      t.equal((await request('GET', `/api/bookings/${id}`, undefined, reader)).statusCode, 404)
      t.equal((await request('POST', `/api/bookings/${id}/cancellation`, {}, reader)).statusCode, 404)
      t.equal((await request('GET', `/api/bookings/${id}/cancellation`, undefined, reader)).statusCode, 404)
    }
    const move = `/api/appointments/${foreign.appointment}/move`
    t.equal((await request('POST', move, { start: later }, token)).statusCode, 404)
    t.equal((await request('POST', `/api/bookings/${own.id}/release`, {}, token)).json().state, 'expired')
    t.equal(
      (await request('GET', '/api/me/bookings', undefined, foreign.token)).statusCode,
      401,
      'a booking’s token opens no list'
    )
    t.equal((await request('GET', '/api/me', undefined, foreign.token)).statusCode, 401)
    clock.move({ minutes: 1 })
    await book({ start: '2027-02-12T15:00:00Z' })
  }
)

t.test('the list goes on by its cursor, and keeps to the days that are asked for', async t => {
  const { request, signInPerson } = await open(t)
  const token = await signInPerson()
  const starts = ['2027-02-10T15:00:00Z', '2027-02-11T15:00:00Z', '2027-02-15T15:00:00Z']
  for (const start of starts)
    t.equal((await request('POST', '/api/bookings', { ...booking, start, person: someone }, token)).statusCode, 201)
  const get = async (query: string) => (await request('GET', `/api/me/bookings?${query}`, undefined, token)).json()
  const first = await get('limit=2')
  t.equal(first.items.length, 2)
  const rest = await get(`limit=2&after=${first.next}`)
  t.match(rest, { items: [{ appointments: [{ start: '2027-02-15T15:00:00Z' }] }], next: null })
  t.equal((await get('from=2027-02-11T00:00:00Z&to=2027-02-12T00:00:00Z')).items.length, 1)
  t.match(await get('limit=x'), { status: 422 })
})

t.test(
  'what was booked with the address is offered after sign-in, its time alone, and is theirs by their own yes',
  async t => {
    const { request, signInPerson, confirmed, mails, clock, minute, client } = await open(t)
    const one = await confirmed()
    const two = await confirmed({ start: later })
    await confirmed({ start: '2027-02-16T15:00:00Z', person: { ...someone, email: 'al@example.com' } })
    const token = await signInPerson()
    const found = async () => (await request('GET', '/api/me/found-bookings', undefined, token)).json()
    const offered = await found()
    t.strictSame(offered.items, [
      { id: one.id, start: '2027-02-09T15:00:00Z', end: '2027-02-09T16:20:00Z' },
      { id: two.id, start: '2027-02-10T15:00:00Z', end: '2027-02-10T16:20:00Z' }
    ])
    t.equal(
      (await request('GET', `/api/bookings/${one.id}`, undefined, token)).statusCode,
      404,
      'not theirs by the address'
    )
    const foreign = await client`select id from bookings where id not in (${one.id}, ${two.id})`
    const stolen = await request('POST', '/api/me/found-bookings', { bookings: [one.id, foreign[0]?.id] }, token)
    t.equal(stolen.statusCode, 404)
    t.equal((await found()).items.length, 2, 'all of it or nothing')
    const feed = (await request('POST', '/api/me/feeds', {}, token)).json()
    const read = async () => (await request('GET', new URL(feed.url).pathname)).body
    t.notMatch(await read(), /BEGIN:VEVENT/)
    t.equal((await request('POST', '/api/me/found-bookings', { bookings: [one.id] }, token)).statusCode, 204)
    t.match((await found()).items, [{ id: two.id }])
    t.equal((await request('GET', `/api/bookings/${one.id}`, undefined, token)).json().sessionType, 'couples')
    t.match((await request('GET', '/api/me/bookings', undefined, token)).json(), {
      items: [{ id: one.id }],
      next: null
    })
    t.equal((await read()).match(/BEGIN:VEVENT/g)?.length, 1, 'their calendar has it too')
    await request('PATCH', '/api/me/preferences', { wording: 'plain' }, token)
    mails.length = 0
    clock.set('2027-02-08T16:00:00Z')
    await minute()
    const reminders = mails.filter(({ subject }) => /Tomorrow/.test(subject))
    t.match(
      reminders,
      [{ to: someone.email, text: /a session for two with Jessica/ }],
      'written to as the person they are'
    )
  }
)

t.test('one who is joined already is joined by nobody else', async t => {
  const { request, signInPerson, confirmed, client } = await open(t)
  const one = await confirmed()
  const token = await signInPerson()
  const join = () => request('POST', '/api/me/found-bookings', { bookings: [one.id] }, token)
  const answers = await Promise.all([join(), join(), join()])
  t.ok(answers.some(({ statusCode }) => statusCode === 204))
  t.equal((await client`select id from events where kind = 'person.joined'`).length, 1)
})

t.test('a booking made at the same time by one person many times stays one person’s', async t => {
  const { request, signInPerson, client } = await open(t)
  const token = await signInPerson()
  const book = (start: string) => request('POST', '/api/bookings', { ...booking, start, person: someone }, token)
  await Promise.all([book('2027-02-10T15:00:00Z'), book('2027-02-11T15:00:00Z'), book(aStart)])
  t.equal((await client`select distinct booker_id from bookings`).length, 1)
})

t.test('where a mailbox was marked shared, only the browser that booked is offered what it booked', async t => {
  const { request, signInPerson, book, app } = await open(t)
  const token = await signInPerson()
  t.equal((await request('PUT', '/api/me/pin', { pin: '847261' }, token)).statusCode, 204)
  t.equal((await request('PUT', '/api/me/mailbox', { shared: true }, token)).statusCode, 200)
  const mine = (await book()).json()
  await book({ start: later })
  const found = async (cookie = '') => {
    const headers = { host: 'localhost:3000', authorization: `Bearer ${token}`, cookie }
    return (await app.inject({ url: '/api/me/found-bookings', headers })).json().items
  }
  t.same(await found(), [])
  t.match(await found(`b-${mine.id}=${mine.token}`), [{ id: mine.id }])
  t.same((await found(`b-${mine.id}=${mine.token}`)).length, 1)
  t.same(await found(`b-${mine.id}=${'x'.repeat(43)}`), [])
  t.equal((await request('POST', '/api/me/found-bookings', { bookings: [mine.id] }, token)).statusCode, 404)
})
