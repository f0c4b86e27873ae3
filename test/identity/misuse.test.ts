import t from 'tap'
import { aStart, open, someone } from '../support/open.ts'
import { visitor } from '../web/visitor.ts'

const later = '2027-02-10T15:00:00Z'
type House = Awaited<ReturnType<typeof open>>

async function newestMail({ work, mails }: House, email: string) {
  await work()
  const { text = '' } = mails.findLast(({ to, subject }) => to === email && subject === 'Your code') ?? {}
  return { text, code: /Your code: (\d{8})/.exec(text)?.[1] ?? '', link: /(\/s\/[\w-]{43})/.exec(text)?.[1] ?? '' }
}

t.test('misuse story 3: one slips the other their own sign-in link', async t => {
  const house = await open(t)
  const [one, other] = [visitor(house.app), visitor(house.app)]
  const asked = await one.post('/sign-in', { email: 'one@example.com' })
  const { link, code } = await newestMail(house, 'one@example.com')
  const seen = await other.get(link)
  t.equal(seen.statusCode, 409)
  t.notMatch(seen.body, /•••|one@|<button[^>]*>Sign in/, 'no button, and no name that could be taken for one’s own')
  t.equal((await other.post(link)).statusCode, 409)
  const slipped = await other.post(String(asked.headers.location), { code })
  t.equal(slipped.statusCode, 422, 'the code neither, in a browser that did not ask')
  t.equal((await other.get('/me')).statusCode, 401, 'what the other writes is under nobody else’s name')
  await other.post('/sign-in', { email: 'other@example.com' })
  t.equal((await other.post(link)).statusCode, 409, 'also where the other has asked for a link of their own')
  t.equal((await one.post(link)).statusCode, 303, 'and in the browser that asked it works still')
})

t.test('misuse story 4: one books with the other’s address and reads the answer', async t => {
  const house = await open(t)
  const { request, book, signInPerson, client } = house
  const token = await signInPerson()
  await request('PATCH', '/api/me/preferences', { name: 'Jo', wording: 'plain' }, token)
  const own = await request(
    'POST',
    '/api/bookings',
    {
      sessionType: 'individual',
      start: later,
      consent: { termsVersion: 1 }
    },
    token
  )
  t.equal(own.statusCode, 201)
  const answer = await book({ start: aStart, person: { ...someone, name: 'Somebody else' } })
  const stranger = await book({ start: '2027-02-11T15:00:00Z', person: { ...someone, email: 'nobody@example.com' } })
  t.same(Object.keys(answer.json()), Object.keys(stranger.json()), 'the answer tells nothing of the other')
  const taken = answer.json().token
  for (const url of ['/api/me', '/api/me/bookings', '/api/me/devices', '/api/me/found-bookings'])
    t.equal((await request('GET', url, undefined, taken)).statusCode, 401, url)
  t.equal((await request('GET', `/api/bookings/${own.json().id}`, undefined, taken)).statusCode, 404)
  t.equal((await request('POST', '/api/me/feeds', {}, taken)).statusCode, 201)
  const feeds = (await request('GET', '/api/me/feeds', undefined, token)).json()
  t.same(feeds.items, [], 'nor are calendars one')
  const list = (await request('GET', '/api/me/bookings', undefined, token)).json()
  t.same(
    list.items.map(({ id }: { id: string }) => id),
    [own.json().id],
    'and the other has nothing that they did not say is theirs'
  )
  const [bookers] = await client`select count(distinct booker_id)::int as n from bookings`
  t.same(bookers, { n: 3 })
})

t.test('misuse story 9: one signs in from the shared mailbox as the other', async t => {
  const house = await open(t, { limits: { codesAnHour: 100 } })
  const { request, signInPerson, confirmed, clock } = house
  const own = await signInPerson()
  t.match(
    (await request('PUT', '/api/me/mailbox', { shared: true }, own)).json(),
    { status: 409 },
    'first a step of one’s own'
  )
  t.equal((await request('PUT', '/api/me/pin', { pin: '847261' }, own)).statusCode, 204)
  t.equal((await request('PUT', '/api/me/mailbox', { shared: true }, own)).statusCode, 200)
  const booked = await request(
    'POST',
    '/api/bookings',
    { sessionType: 'individual', start: later, person: someone, consent: { termsVersion: 1 } },
    own
  )
  const unsigned = await confirmed()
  clock.move({ minutes: 1 })
  const other = await signInPerson()
  const { text } = await newestMail(house, someone.email)
  t.notMatch(text, /\/s\//, 'no mail there opens anything')
  const tried: ['GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', string, object?][] = [
    ['GET', '/api/me'],
    ['GET', '/api/me/bookings'],
    ['GET', '/api/me/found-bookings'],
    ['GET', '/api/me/devices'],
    ['GET', '/api/me/feeds'],
    ['POST', '/api/me/feeds', {}],
    ['PATCH', '/api/me/preferences', { wording: 'plain' }],
    ['PUT', '/api/me/pin', { pin: '918273' }],
    ['PUT', '/api/me/mailbox', { shared: false }],
    ['POST', '/api/me/address-requests', { email: 'thief@example.com' }],
    ['DELETE', '/api/me/devices'],
    ['GET', `/api/bookings/${booked.json().id}`],
    ['POST', `/api/bookings/${booked.json().id}/cancellation`, {}]
  ]
  for (const [method, url, payload] of tried)
    t.match(
      (await request(method, url, payload, other)).json(),
      { type: '/problems/step-needed', status: 403 },
      `${method} ${url}`
    )
  t.equal((await request('GET', '/api/me', undefined, own)).statusCode, 200, 'the other’s sign-in goes on')
  const found = (await request('GET', '/api/me/found-bookings', undefined, own)).json()
  t.same(found.items, [], 'what was booked with a shared mailbox’s address is nobody’s by that')
  t.equal((await request('GET', `/api/bookings/${unsigned.id}`, undefined, own)).statusCode, 404, 'nor is it shown')
  const wrong = { pin: '000111' }
  for (let count = 0; count < 6; count++)
    t.equal((await request('POST', '/api/sessions/current/second-step', wrong, other)).statusCode, 401)
  t.equal(
    (await request('POST', '/api/sessions/current/second-step', { pin: '847261' }, other)).statusCode,
    401,
    'it rests'
  )
  clock.move({ minutes: 16 })
  const stepped = await signInPerson()
  t.ok(
    [200, 204].includes(
      (await request('POST', '/api/sessions/current/second-step', { pin: '847261' }, stepped)).statusCode
    )
  )
  t.equal((await request('GET', '/api/me', undefined, stepped)).statusCode, 200, 'who has the PIN comes in')
})

t.test('misuse story 10: an address is changed while the old mailbox is read by the other', async t => {
  const house = await open(t, { limits: { codesAnHour: 100 } })
  const { request, signInPerson, confirmed, mails, work, clock } = house
  const fresh = 'new@example.com'
  const booked = await confirmed()
  const mailToken =
    /\/b\/([\w-]{43})/.exec(
      mails.find(({ to, text }) => to === someone.email && /\/b\//.test(text))?.text ?? ''
    )?.[1] ?? ''
  t.equal((await request('GET', `/api/bookings/${booked.id}`, undefined, mailToken)).statusCode, 200)
  const spy = await signInPerson()
  const own = await signInPerson()
  t.equal((await request('POST', '/api/me/found-bookings', { bookings: [booked.id] }, own)).statusCode, 204)
  const feed = (await request('POST', '/api/me/feeds', {}, spy)).json()
  const read = async () => (await request('GET', new URL(feed.url).pathname)).statusCode
  t.equal(await read(), 200)
  const early = (await request('POST', '/api/sign-in-links', { email: someone.email })).json()
  const { code: earlyCode } = await newestMail(house, someone.email)

  const asked = (await request('POST', '/api/me/address-requests', { email: fresh }, own)).json()
  await work()
  t.equal(mails.filter(({ to }) => to === fresh).length, 1)
  const { code } = await newestMail(house, fresh)
  const stranger = await signInPerson('al@example.com')
  t.equal(
    (await request('POST', '/api/me/address', { code, request: asked.request }, stranger)).statusCode,
    409,
    'by nobody else'
  )
  mails.length = 0
  const changed = await request('POST', '/api/me/address', { code, request: asked.request }, own)
  t.match(changed.json(), { email: fresh })
  await work()
  t.match(mails, [{ to: someone.email, subject: 'Your sign-in details', text: /were changed/ }])
  t.notMatch(JSON.stringify(mails), /new@|•••/, 'not to what')

  t.equal((await request('GET', '/api/me', undefined, spy)).statusCode, 401, 'every other sign-in is over')
  t.equal(await read(), 404, 'and so are calendars')
  t.equal(
    (await request('GET', `/api/bookings/${booked.id}`, undefined, mailToken)).statusCode,
    401,
    'links of old mails'
  )
  t.equal((await request('GET', `/api/bookings/${booked.id}`, undefined, booked.token)).statusCode, 401)
  const late = await request('POST', '/api/sessions', { code: earlyCode, request: early.request })
  const nobody = late.json().accessToken
  t.same(
    (await request('GET', '/api/me/bookings', undefined, nobody)).json().items,
    [],
    'a code from before opens nothing of theirs'
  )
  clock.move({ minutes: 1 })
  const again = await signInPerson()
  t.same((await request('GET', '/api/me/bookings', undefined, again)).json().items, [])
  t.same((await request('GET', '/api/me/found-bookings', undefined, again)).json().items, [])
  t.equal((await request('GET', `/api/bookings/${booked.id}`, undefined, again)).statusCode, 404)
  t.match((await request('GET', '/api/me/bookings', undefined, own)).json().items, [{ id: booked.id }])
  t.match((await request('GET', '/api/me/bookings', undefined, await signInPerson(fresh))).json().items, [
    { id: booked.id }
  ])
  mails.length = 0
  clock.set('2027-02-08T16:00:00Z')
  await house.minute()
  t.same(
    [...new Set(mails.filter(({ subject }) => /Tomorrow/.test(subject)).map(({ to }) => to))],
    [fresh],
    'what comes goes to the new one'
  )
})

t.test('an address that signs somebody else in becomes nobody’s second one; only its reader hears why', async t => {
  const house = await open(t)
  const own = await house.signInPerson()
  await house.signInPerson('al@example.com')
  const ask = async (email: string) => house.request('POST', '/api/me/address-requests', { email }, own)
  const [taken, free] = [await ask('al@example.com'), await ask('free@example.com')]
  t.equal(taken.statusCode, 202)
  t.same(Object.keys(taken.json()), Object.keys(free.json()))
  const { code } = await newestMail(house, 'al@example.com')
  const refused = await house.request('POST', '/api/me/address', { code, request: taken.json().request }, own)
  t.match(refused.json(), { status: 409, type: '/problems/address-taken' })
  t.match((await house.request('GET', '/api/me', undefined, own)).json(), { email: someone.email })
})

t.test('the address by which somebody signs in to the console is not moved by a code that is mailed to it', async t => {
  const house = await open(t)
  const jessica = await house.signInPerson('jessica@example.com')
  const asked = await house.request('POST', '/api/me/address-requests', { email: 'thief@example.com' }, jessica)
  t.match(asked.json(), { status: 403, type: '/problems/not-allowed' })
  t.equal(
    (await house.request('GET', '/api/bookings', undefined, jessica)).statusCode,
    403,
    'nor is a client’s sign-in staff’s'
  )
  await house.work()
  t.notOk(house.mails.some(({ to }) => to === 'thief@example.com'))
  t.ok(await house.signIn())
})
