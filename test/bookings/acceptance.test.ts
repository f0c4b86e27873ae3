import t from 'tap'
import { joint, needApprovalOf, suggested, tokenIn } from '../support/joint.ts'
import { aStart, open } from '../support/open.ts'

const other = 'sam@example.com'
const gone = { status: 409, type: '/problems/nothing-to-answer' }

t.test('the other accepts with an address of their own: the time is held, and 48 hours are left to pay', async t => {
  const house = await open(t)
  const { id, token, accept } = await suggested(house)
  const said = await accept(other)
  t.same(said.json(), { answer: 'accept' }, said.body)
  const seen = (await house.request('GET', `/api/bookings/${id}`, undefined, token)).json()
  t.match(seen, { state: 'held', holdUntil: '2027-02-03T12:00:00Z', dues: [{ state: 'open' }] })
  house.mails.splice(0)
  await house.work()
  t.match(
    house.mails.map(({ to, text }) => `${to}: ${text}`),
    [/^jo@example\.com: Hello, your appointment on Tue 9 Feb, .* can be confirmed now\. Your time is kept until/]
  )
  const url = (await house.request('POST', `/api/bookings/${id}/payment`, undefined, token)).json()
  t.match(url, { url: /^https/ })
  t.equal((await accept(other)).statusCode, 200, 'said twice is said once, also when it is held already')
})

t.test('from the yes on each takes part: an own UID, own invitation, own reminders, and one couple', async t => {
  const house = await open(t)
  const { id, personToken } = await joint(house, other)
  const participants = await house.client<{ uid: string; sequence: number }[]>`
    select uid, sequence from participants p join appointments a on a.id = p.appointment_id where a.booking_id = ${id}`
  t.equal(participants.length, 3)
  t.equal(new Set(participants.map(({ uid }) => uid)).size, 3)
  t.match(
    await house.client`select number from memberships m join bookings b on b.client_id = m.client_id
    where b.id = ${id} order by number`,
    [{ number: 1 }, { number: 2 }]
  )
  const uidOf = (to: string) =>
    /UID:(\S+)/.exec(
      house.mails.find(mail => mail.to === to && mail.invitation?.method === 'REQUEST')?.invitation?.calendar ?? ''
    )?.[1]
  t.ok(uidOf('jo@example.com'))
  t.ok(uidOf(other))
  t.not(uidOf('jo@example.com'), uidOf(other))
  const seen = (await house.request('GET', `/api/bookings/${id}`, undefined, personToken)).json()
  t.match(seen, { state: 'confirmed', sessionType: 'couples', appointments: [{ start: aStart, place: 'office' }] })
  t.notMatch(JSON.stringify(seen), /price|dues|payment|amount|Delgado|jo@/, 'and nothing of the other’s payment')
  house.clock.set('2027-02-06T15:00:00Z')
  house.mails.splice(0)
  await house.minute()
  t.same(house.mails.map(({ to }) => to).sort(), ['jo@example.com', other], 'each is reminded')
  t.match(house.mails.find(({ to }) => to === 'jo@example.com')?.text, 'free of charge until')
  t.notMatch(house.mails.find(({ to }) => to === other)?.text, 'free of charge')
})

t.test('the link alone accepts nothing, and neither does whoever booked', async t => {
  const house = await open(t)
  const { id, token, link, accept, answer } = await suggested(house)
  const path = `/api/bookings/${id}/acceptance`
  t.equal((await house.request('POST', path, { answer: 'accept', link })).statusCode, 401)
  t.equal((await house.request('POST', path, { answer: 'accept', link }, tokenIn(link))).statusCode, 401)
  t.equal((await house.request('POST', path, { answer: 'accept', link }, token)).statusCode, 401)
  t.equal(
    (await house.request('POST', `/api/partner-links/${tokenIn(link)}/answers`, { answer: 'accept' })).statusCode,
    422
  )
  const own = await accept('jo@example.com')
  t.match(own.json(), { status: 422, type: '/problems/own-address-needed' }, 'the same mailbox, proven')
  const typed = await accept('JO@Example.com')
  t.match(typed.json(), { status: 422, type: '/problems/own-address-needed' }, 'written otherwise')
  const therapist = await accept('jessica@example.com')
  t.match(therapist.json(), { status: 422, type: '/problems/own-address-needed' })
  const stranger = await house.signInPerson('stranger@example.com')
  for (const said of ['accept', 'decline', 'other_time'])
    t.equal((await house.request('POST', path, { answer: said }, stranger)).statusCode, 404, 'without the link')
  t.equal((await house.request('GET', `/api/bookings/${id}`, undefined, stranger)).statusCode, 404)
  t.match(await answer(), { answer: null })
})

t.test('after the answer the link tells no time any more, wherever the appointment is moved to', async t => {
  const house = await open(t)
  const { appointment, link } = await joint(house, other)
  const start = '2027-02-11T15:00:00Z'
  const path = `/api/appointments/${appointment}/move`
  const moved = await house.request('POST', path, { start, agreed: true }, await house.signIn())
  t.match(moved.json(), { state: 'moved', start }, moved.body)
  const seen = await house.request('GET', `/api/partner-links/${tokenIn(link)}`)
  t.match(seen.json(), { open: false, appointments: [] })
  const page = await house.app.inject({ url: `/a/${tokenIn(link)}`, headers: { host: 'localhost:3000' } })
  for (const body of [seen.body, page.body]) t.notMatch(body, /2027|Feb|10:00/)
})

t.test('the link of one time opens no other', async t => {
  const house = await open(t)
  const one = await suggested(house)
  const two = await suggested(house, {
    start: '2027-02-10T15:00:00Z',
    person: { name: 'Al', email: 'al@example.com', zone: 'UTC' }
  })
  const person = await house.signInPerson(other)
  const crossed = await house.request(
    'POST',
    `/api/bookings/${two.id}/acceptance`,
    { answer: 'accept', link: one.link },
    person
  )
  t.equal(crossed.statusCode, 404)
  const refused = await house.request(
    'POST',
    `/api/bookings/${two.id}/acceptance`,
    { answer: 'decline', link: one.link },
    person
  )
  t.equal(refused.statusCode, 404)
})

t.test(
  'one accepts for the other with a second mailbox: the other who then answers hears of it, and staff see by link',
  async t => {
    const house = await open(t)
    const { id, accept } = await suggested(house)
    t.equal((await accept('jo.second@example.com')).statusCode, 200, 'a mailbox proves no more than itself')
    const staff = await house.signIn()
    const seen = (await house.request('GET', `/api/bookings/${id}`, undefined, staff)).json()
    t.match(seen.people, [{ name: 'Jo Delgado' }, { byLink: true }])
    t.notOk(seen.people[0].byLink)
    const late = await accept(other)
    t.match(late.json(), gone, 'the request is over')
  }
)

t.test(
  'while the practice is still asked: the second who accepts is told, the first who accepts once more is not',
  async t => {
    const house = await open(t)
    await needApprovalOf(house, 'couples')
    const { id, token, link, accept } = await suggested(house)
    const before = await house.request('GET', `/api/partner-links/${tokenIn(link)}`)
    const seenBefore = await house.request('GET', `/api/bookings/${id}`, undefined, token)
    await house.work()
    house.mails.splice(0)
    t.equal((await accept(other)).statusCode, 200)
    await house.work()
    t.same(
      house.mails.filter(({ subject }) => subject !== 'Your code'),
      [],
      'nobody hears which yes came'
    )
    const after = await house.request('GET', `/api/partner-links/${tokenIn(link)}`)
    t.equal(after.body, before.body, 'the link shows the same')
    t.equal(
      (await house.request('GET', `/api/bookings/${id}`, undefined, token)).body,
      seenBefore.body,
      'so does the booking'
    )
    t.equal((await accept(other)).statusCode, 200, 'said twice is said once')
    t.match((await accept('third@example.com')).json(), { status: 409, type: '/problems/answered-already' })
    const approved = await house.request(
      'POST',
      `/api/bookings/${id}/approval`,
      { approved: true },
      await house.signIn()
    )
    t.match(approved.json(), { state: 'held' }, 'the last yes makes it held')
  }
)

t.test('after a yes a no still counts, by the link too: it refuses to tell whether a yes was there', async t => {
  const house = await open(t)
  await needApprovalOf(house, 'couples')
  const { id, link, accept, stateOf } = await suggested(house)
  await accept(other)
  await house.work()
  house.mails.splice(0)
  const said = await house.request('POST', `/api/partner-links/${tokenIn(link)}/answers`, { answer: 'decline' })
  t.equal(said.statusCode, 200)
  t.equal(await stateOf(), 'declined')
  await house.work()
  const told = new Map(house.mails.map(({ to, text }) => [to, text]))
  t.match(told.get('jo@example.com'), /was not confirmed and is free again\. Nothing was charged/)
  t.match(told.get(other), /was not confirmed and is free again\./)
  t.notMatch(told.get(other), /charged|pay/)
  t.match(told.get('jessica@example.com'), /asked for and is withdrawn/)
  t.equal(house.mails.length, 3)
  const [row] =
    await house.client`select count(*)::int as n from messages where subject_id = ${id} and template = 'declined'`
  t.equal(row?.n, 0, 'the practice’s words are the practice’s own')
})

t.test(
  'what lapses unpaid after both have said yes is told to both, and to the other without a word of payment',
  async t => {
    const house = await open(t)
    const { accept, stateOf } = await suggested(house)
    await accept(other)
    await house.work()
    house.mails.splice(0)
    house.clock.set('2027-02-03T12:01:00Z')
    await house.minute()
    t.equal(await stateOf(), 'expired')
    const told = new Map(house.mails.map(({ to, text }) => [to, text]))
    t.same([...told.keys()].sort(), ['jo@example.com', other])
    t.notMatch(told.get(other), /charged|pay/)
  }
)

t.test('too late, or withdrawn meanwhile, nobody accepts any more', async t => {
  const house = await open(t)
  const late = await suggested(house)
  const person = await house.signInPerson(other)
  house.clock.set('2027-02-04T12:00:00Z')
  const again = await house.signInPerson(other)
  t.match(
    (
      await house.request('POST', `/api/bookings/${late.id}/acceptance`, { answer: 'accept', link: late.link }, again)
    ).json(),
    gone
  )
  t.equal(
    (await house.request('GET', `/api/bookings/${late.id}`, undefined, person)).statusCode,
    401,
    'that sign-in is over'
  )
  await house.minute()
  const withdrawn = await suggested(house)
  await house.request('POST', `/api/bookings/${withdrawn.id}/release`, undefined, withdrawn.token)
  t.match((await withdrawn.accept(other)).json(), gone)
})

t.test('the other reads and changes the appointment, and neither pays nor confirms it', async t => {
  const house = await open(t)
  const { id, personToken } = await joint(house, other)
  const payment = await house.request('POST', `/api/bookings/${id}/payment`, undefined, personToken)
  t.match(payment.json(), { status: 403, type: '/problems/not-allowed' })
  const quote = await house.request('GET', `/api/bookings/${id}/cancellation`, undefined, personToken)
  t.same(Object.keys(quote.json()), ['validUntil'], 'no sum and no notice')
})
